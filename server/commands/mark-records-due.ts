import { dayOf } from '#shared/domain/day.ts';
import { lte } from 'drizzle-orm';
import { listToJudgeAgain } from '#server/db/rejudgements.ts';
import { records } from '#server/db/schema.ts';
import { command } from './command.ts';

/** What the day alone may have changed is to be judged again. Run twice it marks nothing twice. */
export const markRecordsDue = command('mark-records-due', ({ tx, now }): Promise<void> =>
  listToJudgeAgain(tx, lte(records.judgeOn, dayOf(now)), 'date', now),
);
