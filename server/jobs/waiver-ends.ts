import { dayOf } from '#shared/domain/day.ts';
import type { Services } from '#server/commands/command.ts';
import { announceWaiverEnds } from '#server/commands/announce-waiver-ends.ts';
import { expireWaivers } from '#server/commands/expire-waivers.ts';
import { recordsWithOverdueWaivers } from '#server/db/waivers.ts';
import { everyMinute } from './every-minute.ts';

const atOnce = 200;
const system = { actor: null, operation: null };

/** Ends the waivers whose last day is over and announces those that end soon. On two processes, or twice, it is done once. */
export async function endWaivers(services: Services): Promise<void> {
  const today = dayOf(services.now());
  for (let more = true; more;) {
    const overdue = await recordsWithOverdueWaivers(services.db, today, atOnce);
    for (const record of overdue) await expireWaivers(services, system, { record });
    more = overdue.length === atOnce;
  }
  await announceWaiverEnds(services, system, undefined);
}

/** Does it now and once a minute. Answers with how to stop, which waits for the run under way. */
export const watchWaiverEnds = (services: Services): (() => Promise<void>) =>
  everyMinute('ending waivers', () => endWaivers(services));
