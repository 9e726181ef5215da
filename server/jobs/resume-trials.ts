import { asc, eq } from 'drizzle-orm';
import type { Services } from '#server/commands/command.ts';
import { ruleTrials } from '#server/db/schema.ts';
import { finishTrial } from '#server/trials/run-trial.ts';

/** After a start: runs again the trials that ended with the process. They only read, so nothing is done twice. */
export async function resumeTrials(services: Services): Promise<void> {
  const running = await services.db
    .select({ id: ruleTrials.id })
    .from(ruleTrials)
    .where(eq(ruleTrials.state, 'running'))
    .orderBy(asc(ruleTrials.id));
  for (const { id } of running) await finishTrial(services, id);
}
