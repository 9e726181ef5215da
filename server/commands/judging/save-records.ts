import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { judge } from '#shared/domain/judge.ts';
import type { DocumentProjection } from '#shared/domain/record-document.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { gatherFacts } from '#server/db/facts.ts';
import type { RecordRow } from '#server/db/records.ts';
import { records } from '#server/db/schema.ts';
import { statement } from '#server/db/driver/statement.ts';
import { judgedColumns } from './save-record.ts';
import { storeJudgements, type JudgedRecord } from './store-judgements.ts';

interface Projected {
  row: RecordRow;
  projection: DocumentProjection;
}

/**
 * Writes the new values of documents into the rows of their records and judges those records, all with the same few
 * statements: `saveAndJudge` for many records. Returns the new rows, in order.
 */
export async function saveAndJudgeMany(tx: Tx, changed: readonly Projected[], now: Date): Promise<RecordRow[]> {
  if (changed.length === 0) return [];
  // The gates read only the checklist of a document.
  const changedTicks = changed.filter(({ row, projection }) => !isDeepStrictEqual(row.checklist, projection.checklist));
  const facts = await gatherFacts(
    tx,
    changedTicks.map(({ row, projection }) => ({ ...row, ...projection })),
    now,
  );
  const judgements: JudgedRecord[] = [];
  const settled = changed.map(({ row, projection }): RecordRow => {
    const after = { ...row, ...projection, version: row.version + 1 };
    const known = facts.get(row.id);
    if (!known) return after;
    const { verdicts, marks } = judge(known);
    judgements.push({ record: row.id, verdicts, facts: known });
    return { ...after, ...judgedColumns(row.stage, marks, known) };
  });
  await Promise.all([
    written(tx, { rows: JSON.stringify(settled.map(columnsOf)) }),
    storeJudgements(tx, judgements, now),
  ]);
  return settled;
}

const columnsOf = ({ id, checklist, comments, unresolvedThreads, ...row }: RecordRow) => ({
  id,
  checklist,
  comments,
  unresolvedThreads,
  gates: row.gates,
  fallen: row.fallen,
  judgeOn: row.judgeOn,
  waived: row.waived,
  review: row.review,
});

const written = statement((db) =>
  db
    .update(records)
    .set({
      version: sql`${records.version} + 1`,
      checklist: sql`new.checklist`,
      comments: sql`new.comments`,
      unresolvedThreads: sql`new."unresolvedThreads"`,
      gates: sql`new.gates`,
      fallen: sql`new.fallen`,
      judgeOn: sql`new."judgeOn"`,
      waived: sql`new.waived`,
      review: sql`new.review`,
    })
    .from(
      sql`jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb) as new(id uuid, checklist jsonb, comments integer,
        "unresolvedThreads" integer, gates jsonb, fallen boolean, "judgeOn" date, waived integer, review text)`,
    )
    .where(eq(records.id, sql`new.id`)),
);
