import { asc, sql, type SQL } from 'drizzle-orm';
import type { Tx } from './driver/client.ts';
import { records, rejudgements } from './schema.ts';

/**
 * Lists records to be judged again, in one statement, however many; a job does it after the commit. An entry that is there
 * already is written over: a judgement under way on it ends first, and the record is judged once more after it.
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
