import { setTimeout } from 'node:timers/promises';
import { logError } from '#server/log.ts';
import { and, eq, sql } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import type { ColumnMapping } from '#shared/contract/import.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import type { Judgement } from '#shared/domain/judge.ts';
import { describeVehicle } from '#server/commands/records/describe-vehicle.ts';
import { judgeNewRecords, newRecordRow } from '#server/commands/records/new-rows.ts';
import {
  noTakenKeys,
  planDrafts,
  type TakenKeys,
  type RecordDraft,
  type ImportOutcome,
} from '#server/commands/records/plan-drafts.ts';
import type { Services } from '#server/commands/command.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { imports, importRows } from '#server/db/schema.ts';
import { inputFinding } from './readers/input-finding.ts';
import type { CsvRow } from './readers/read-csv.ts';
import { readFile } from './readers/read-file.ts';
import { Unreadable } from './readers/unreadable.ts';

export interface Examination {
  id: string;
  scope: { id: string; organisationId: string };
  file: string;
  bytes: Uint8Array;
  /** The mappings a CSV file may be read with; if only one is passed, it is used. */
  mappings: readonly ColumnMapping[];
}

/** Maximum delay between two attempts while the database is unavailable, in milliseconds. */
const maxWaitMs = 5_000;

/**
 * The dry run: determines the outcome of every row and stores it for the screen and for `applyImport`. If the database
 * becomes unavailable, it waits and starts over: only this process has the file.
 */
export async function examineImport(services: Services, examination: Examination): Promise<void> {
  for (let wait = 200; ; wait = Math.min(2 * wait, maxWaitMs)) {
    try {
      if (await begin(services.db, examination.id)) await examine(services, examination);
      return;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      logError(`import ${examination.id} waits for the database`, error);
      await setTimeout(wait, undefined, { ref: false });
    }
  }
}

/** Deletes what an interrupted attempt stored. False if the dry run already has an outcome. */
async function begin(db: Services['db'], id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const checking = and(eq(imports.id, id), eq(imports.state, 'checking'));
    const [row] = await tx.update(imports).set({ checked: 0 }).where(checking).returning({ id: imports.id });
    if (row) await tx.delete(importRows).where(eq(importRows.importId, id));
    return row !== undefined;
  });
}

async function examine(services: Services, examination: Examination): Promise<void> {
  const { db } = services;
  const { id } = examination;
  try {
    let checked = 0;
    const claims = noTakenKeys();
    // A copy, because reading transfers the bytes, and another attempt may need them.
    for await (const part of readFile(new Uint8Array(examination.bytes), examination.mappings)) {
      if (part.kind === 'columns') {
        await db.update(imports).set({ columns: part.columns, total: part.lines }).where(eq(imports.id, id));
        continue;
      }
      await storeBatch(services, examination, part.rows, claims);
      checked += part.rows.length;
      await db
        .update(imports)
        .set({ checked, total: sql`greatest(${imports.total}, ${checked}::integer)` })
        .where(eq(imports.id, id));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await db.update(imports).set({ state: 'checked', total: checked }).where(eq(imports.id, id));
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (!(error instanceof Unreadable)) logError(`import ${id}`, error);
    await abandonImport(db, id, error instanceof Unreadable ? error : new Unreadable('server.failed'));
  }
}

/** Ends a dry run whose file cannot be used, and deletes the rows stored for it. */
export async function abandonImport(db: Services['db'], id: string, { why, params }: Unreadable): Promise<void> {
  const refusal = inputFinding('I01', 'import.unreadable', { ...params, why });
  await db.transaction(async (tx) => {
    await tx.delete(importRows).where(eq(importRows.importId, id));
    await tx
      .update(imports)
      .set({ state: 'unreadable', total: 0, checked: 0, refusal })
      .where(and(eq(imports.id, id), eq(imports.state, 'checking')));
  });
}

async function storeBatch(
  { db, now }: Services,
  { id, scope, file }: Examination,
  rows: readonly CsvRow[],
  claims: TakenKeys,
) {
  const sound = rows.filter(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
  const drafts = sound.map(({ data, sourceKey, line }): RecordDraft => ({
    data,
    sourceKey,
    source: { kind: 'import', file, row: line },
  }));
  const planned = await planDrafts(db, scope, drafts, claims);
  const fates = new Map(sound.map((row, index) => [row, planned[index]!]));
  // An excluded row reports only what excludes it; the gates judge it once it is repaired.
  const kept = sound.filter((row) => stateOf(fates.get(row)) !== 'bad');
  const made = kept.map((row) => {
    const outcome = fates.get(row)!;
    const draft = drafts[sound.indexOf(row)]!;
    const fresh = outcome.state === 'fresh' ? outcome : { draft, vehicle: describeVehicle(row.data) };
    return { draft, row: newRecordRow(fresh, scope, '') };
  });
  const judged = await judgeNewRecords(db, made, now());
  const judgements = new Map(kept.map((row, index) => [row, judged[index]!]));
  await db.insert(importRows).values(
    rows.map((row) => {
      const outcome = fates.get(row);
      const refused = outcome?.state === 'refused' ? outcome.findings : [];
      const judgement = judgements.get(row);
      return {
        importId: id,
        row: row.line,
        state: stateOf(outcome),
        title: titleOf(row),
        findings: [...row.findings, ...(judgement ? findingsIn(judgement) : refused)],
        data: outcome?.state === 'fresh' ? row.data : null,
        sourceKey: row.sourceKey,
        recordId: outcome?.state === 'known' ? outcome.record : null,
      };
    }),
  );
}

function stateOf(outcome: ImportOutcome | undefined) {
  if (outcome?.state === 'fresh') return 'good' as const;
  return outcome === undefined || outcome.state === 'refused' ? ('bad' as const) : ('known' as const);
}

/** The findings of the gates up to review about values; missing values are counted, not listed. */
function findingsIn({ verdicts }: Judgement): Finding[] {
  const findings = verdicts.slice(1, 3).flatMap((verdict) => verdict.findings);
  const missing = findings.filter(({ rule }) => rule === 'R50').length;
  const incomplete: Finding = {
    rule: 'I04',
    key: 'import.incomplete',
    params: { missing },
    severity: 'info',
    entry: null,
    mend: [],
  };
  return [
    ...findings.filter(({ rule }) => rule.startsWith('R') && rule !== 'R50'),
    ...(missing > 0 ? [incomplete] : []),
  ];
}

function titleOf({ data }: CsvRow): string {
  const at = (path: string) => textAt(data, `CocDataGroup/${path}`);
  const tvv = [at('Type'), at('Variant'), at('Version')].filter(Boolean).join(' / ');
  return [at('MakeTable/MakeGroup/Make'), tvv, at('VehicleIdentificationNumber')]
    .filter(Boolean)
    .join(' · ')
    .slice(0, 200);
}
