import { expect, test } from 'vitest';
import { productSettings } from '#shared/domain/rule-set.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { certificateEntries, certificateOf } from './certificate.ts';
import { dataFindings } from './data-findings.ts';
import { linesOf } from './entry-grid.ts';

/** A record from before there was a limit. Laying it out once took more than 80 s; the time limit of this test only excludes quadratic work. */
test('a table of 20,000 rows is laid out and judged in seconds, and only the rows that are shown make fields (fault S3)', () => {
  const rows = Array.from({ length: 20_000 }, () => ({ AxleTrack: '1' }));
  const data = setAt(sampleVehicle({ number: 1 }), 'CocDataGroup/AxleTable/AxleGroup', rows);
  const sections = certificateOf(data, certificateEntries('M1'), () => 0);
  const block = sections.flatMap(({ blocks }) => blocks).find(({ table }) => table?.endsWith('/AxleGroup'))!;
  expect(block.rows).toHaveLength(20_000);
  const lines = linesOf({ ...block, rows: block.rows.slice(0, 50) });
  expect(lines[0]!.fields).toHaveLength(50);
  const findings = dataFindings(data, { verdicts: [], settings: productSettings } as never, '2026-11-25');
  for (const list of findings.values()) expect(list.length).toBeLessThanOrEqual(200);
}, 60_000);
