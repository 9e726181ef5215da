import { eq } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { Facts } from '#shared/domain/facts.ts';
import { hasRegressed, judge, rejudgeOn, type Judgement } from '#shared/domain/judge.ts';
import { nextStage } from '#shared/domain/operating-model.ts';
import { reviewStanding } from '#shared/domain/rules/review.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { cardOf, writeRecord, type RecordRow } from '#server/db/records.ts';
import { judgements, type records } from '#server/db/schema.ts';

/** A judged record with the facts it was judged by. */
export interface Judged extends Judgement {
  facts: Facts;
}

/** Judges a record as it is about to be stored. */
export async function judgeRecord(tx: Tx, row: RecordRow, now: Date): Promise<Judged> {
  const facts = (await gatherFacts(tx, [row], now)).get(row.id)!;
  return { ...judge(facts), facts };
}

/**
 * The last step of every command on a record: writes its columns, judges it, and stores the verdicts with it. Pass
 * `judged` if the command has already judged exactly what it writes.
 */
export async function saveAndJudge(
  tx: Tx,
  row: RecordRow,
  now: Date,
  columns: Partial<typeof records.$inferInsert>,
  judged?: Judged,
): Promise<Card> {
  const settled = { ...row, ...columns } as RecordRow;
  const { verdicts, marks, facts } = judged ?? (await judgeRecord(tx, settled, now));
  const [written] = await Promise.all([
    writeRecord(tx, row.id, { ...columns, ...judgedColumns(settled.stage, marks, facts) }),
    tx
      .update(judgements)
      .set({ verdicts, ruleSet: facts.ruleSet, judgedAt: now })
      .where(eq(judgements.recordId, row.id)),
  ]);
  return cardOf(written);
}

/** The judgement as stored in a record's row. */
export function judgedColumns(stage: RecordRow['stage'], marks: Judgement['marks'], facts: Facts) {
  return {
    gates: marks,
    fallen: hasRegressed(marks, stage),
    judgeOn: nextStage(stage) === null ? null : rejudgeOn(facts),
    waived: facts.waivers.length,
    review: reviewStanding(facts),
  };
}
