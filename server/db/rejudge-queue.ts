import { asc, sql, type SQL } from 'drizzle-orm';
import type { Tx } from './driver/client.ts';
import { records, rejudgements } from './schema.ts';

/**
 * Adds records to the rejudge queue in one statement, however many there are; a job processes them after the commit. An
 * existing entry is overwritten: a judgement of it that is in progress finishes first, and the record is judged once
 * more afterwards.
 */
export async function enqueueRejudge(tx: Tx, which: SQL | undefined, cause: string, now: Date): Promise<void> {
  const listed = tx
    .select({
      recordId: records.id,
      cause: sql<string>`${cause}`.as('cause'),
      since: sql`${now.toISOString()}::timestamptz`.as('since'),
    })
    .from(records)
    .where(which)
    .orderBy(asc(records.id));
  await tx
    .insert(rejudgements)
    .select(listed)
    .onConflictDoUpdate({
      target: rejudgements.recordId,
      set: { cause: sql`excluded.cause`, since: sql`excluded.since` },
    });
}
