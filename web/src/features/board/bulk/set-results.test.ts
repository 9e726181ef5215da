import { expect, it } from 'vitest';
import type { SetResult } from '#shared/contract/bulk.ts';
import { reasonsOf } from './set-results.ts';

const finding = (rule: string, key: string) => ({
  rule,
  key,
  params: {},
  severity: 'error' as const,
  entry: null,
  mend: [],
});
const left = (record: string, refusal: SetResult['refusal']): SetResult => ({
  record,
  reference: `PT-${record}`,
  card: null,
  refusal,
});
const refused = (...findings: ReturnType<typeof finding>[]) => ({ type: 'refused' as const, findings });

it('groups refusals by reason, the most frequent first, and omits successes', () => {
  const owner = finding('P02', 'duty.dataOwner');
  const groups = reasonsOf([
    left('1', { type: 'stale', findings: [], current: 'data' }),
    left('2', refused(owner)),
    { ...left('3', null) },
    left('4', refused(owner)),
    left('5', refused(owner, finding('P03', 'duty.reviewer'))),
  ]);
  expect(groups.map(({ cards }) => cards.map(({ id }) => id).join())).toEqual(['2,4', '1', '5']);
  expect(groups[0]!.words).toBe('Nobody owns the data of this record. Assign a data owner.');
  expect(groups[2]!.words).toContain(groups[0]!.words);
});
