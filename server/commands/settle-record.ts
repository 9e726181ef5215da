import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Facts } from '#shared/domain/facts.ts';
import { judge, type Judgement } from '#shared/domain/judge.ts';
import type { Tx } from '#server/db/client.ts';
import { cardOf, writeRecord, type RecordRow } from '#server/db/records.ts';
import { exceptions, judgements, type records, reviews, revisions } from '#server/db/schema.ts';
import type { Card } from '#shared/contract/record.ts';
import type { ScopeState } from '#shared/contract/scope.ts';

/** Reads, in this transaction, all that the rules look at. */
export async function gatherFacts(tx: Tx, row: RecordRow, scope: { state: ScopeState }, now: Date): Promise<Facts> {
  const [[present], [review], open] = await Promise.all([
    tx
      .select({ data: revisions.data })
      .from(revisions)
      .where(and(eq(revisions.recordId, row.id), eq(revisions.number, row.revision))),
    tx.select().from(reviews).where(eq(reviews.recordId, row.id)).orderBy(desc(reviews.at), desc(reviews.id)).limit(1),
    tx
      .select({ kind: exceptions.kind, cause: exceptions.cause, blocks: exceptions.blocks })
      .from(exceptions)
      .where(and(eq(exceptions.recordId, row.id), isNull(exceptions.closedAt)))
      .orderBy(exceptions.since),
  ]);
  return {
    today: now.toISOString().slice(0, 10),
    scope,
    duties: cardOf(row).duties,
    data: present!.data,
    dataHash: row.dataHash,
    editors: row.editors,
    review: review ? { reviewer: review.reviewerId, dataHash: review.dataHash, outcome: review.outcome } : null,
    checklist: row.checklist,
    exceptions: open,
    vinHolder: null,
  };
}

/**
 * The end of every command on a record: writes its columns, judges it as it is now, and stores the verdicts with it.
 * `judgement` is handed in where the command already judged exactly what it writes.
 */
export async function settleRecord(
  tx: Tx,
  row: RecordRow,
  scope: { state: ScopeState },
  now: Date,
  columns: Partial<typeof records.$inferInsert>,
  judgement?: Judgement,
): Promise<Card> {
  const settled = { ...row, ...columns } as RecordRow;
  const { verdicts, marks } = judgement ?? judge(await gatherFacts(tx, settled, scope, now));
  const [written] = await Promise.all([
    writeRecord(tx, row.id, { ...columns, gates: marks }),
    tx.update(judgements).set({ verdicts, judgedAt: now }).where(eq(judgements.recordId, row.id)),
  ]);
  return cardOf(written);
}
