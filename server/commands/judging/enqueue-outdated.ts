import { exists, and, eq, notLike } from 'drizzle-orm';
import { edition } from '#shared/domain/rule-set.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { judgements, records } from '#server/db/schema.ts';
import { command } from '../command.ts';

/**
 * Adds the records that an earlier edition of the product judged to the rejudge queue, so that the present rules judge
 * them.
 */
export const markRecordsOutdated = command('mark-records-outdated', ({ tx, now }): Promise<void> => {
  const outdated = tx
    .select({ recordId: judgements.recordId })
    .from(judgements)
    .where(and(eq(judgements.recordId, records.id), notLike(judgements.ruleSet, `${edition}.%`)));
  return enqueueRejudge(tx, exists(outdated), `edition ${edition}`, now);
});
