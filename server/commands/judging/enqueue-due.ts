import { and, inArray, lte } from 'drizzle-orm';
import { todaysOf } from '#server/db/organisation-days.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { records } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** Adds the records whose verdicts may change with the date alone to the rejudge queue. Idempotent. */
export const markRecordsDue = command('mark-records-due', async ({ tx, now }): Promise<void> => {
  for (const { today, organisations } of await todaysOf(tx, now)) {
    const due = and(lte(records.judgeOn, today), inArray(records.organisationId, organisations));
    await enqueueRejudge(tx, due, 'date', now);
  }
});
