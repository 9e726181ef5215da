import { asc, eq } from 'drizzle-orm';
import type { Services } from '#server/commands/command.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { ruleTrials } from '#server/db/schema.ts';
import { logError } from '#server/log.ts';
import type { ExclusiveWork } from '#server/cluster/exclusive-work.ts';
import { finishTrial } from '#server/trials/run-trial.ts';

/**
 * After a start, and after the loss of another process: reruns the trials that were interrupted. Trials only read, so
 * nothing is done twice. Leaves the trials of other running processes to them.
 */
export async function resumeTrials(services: Services & { work: ExclusiveWork }): Promise<void> {
  const running = await services.db
    .select({ id: ruleTrials.id })
    .from(ruleTrials)
    .where(eq(ruleTrials.state, 'running'))
    .orderBy(asc(ruleTrials.id));
  for (const { id } of running)
    await services.work
      .runExclusive(`trial ${id}`, () => finishTrial(services, id))
      .catch((error: unknown) => {
        // The caller retries when the database is back.
        if (isUnavailable(error)) throw error;
        logError(`trial ${id} stopped`, error);
      });
}
