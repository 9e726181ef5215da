import { and, inArray, lte } from 'drizzle-orm';
import { todaysOf } from '#server/db/organisation-days.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { records } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** What the day alone may have changed is to be judged again. Run twice it marks nothing twice. */
export const markRecordsDue = command('mark-records-due', async ({ tx, now }): Promise<void> => {
  for (const { today, organisations } of await todaysOf(tx, now)) {
    const due = and(lte(records.judgeOn, today), inArray(records.organisationId, organisations));
    await enqueueRejudge(tx, due, 'date', now);
  }
});
