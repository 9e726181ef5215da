import { asc, lte, sql } from 'drizzle-orm';
import { records, rejudgements } from '#server/db/schema.ts';
import { command } from './command.ts';

/** What the day alone may have changed is to be judged again. Run twice it marks nothing twice. */
export const markRecordsDue = command('mark-records-due', async ({ tx, now }): Promise<void> => {
  const due = tx
    .select({
      recordId: records.id,
      cause: sql<string>`'date'`.as('cause'),
      since: sql`${now.toISOString()}::timestamptz`.as('since'),
    })
    .from(records)
    .where(lte(records.judgeOn, now.toISOString().slice(0, 10)))
    .orderBy(asc(records.id));
  await tx.insert(rejudgements).select(due).onConflictDoNothing();
});
