import type { Services } from '#server/commands/command.ts';
import { announceWaiverEnds, atOnce as announcedAtOnce } from '#server/commands/waivers/announce-ends.ts';
import { expireWaivers } from '#server/commands/waivers/expire.ts';
import { todaysOf } from '#server/db/organisation-days.ts';
import { recordsWithOverdueWaivers } from '#server/db/waivers.ts';
import { everyMinute } from './every-minute.ts';

const atOnce = 200;
const system = { actor: null, operation: null };

/**
 * Ends the waivers whose last day is over and announces those that end soon. Idempotent, also across processes. A
 * failure on one record does not block the others. Throws the first failure.
 */
export async function endWaivers(services: Services): Promise<void> {
  const failures: unknown[] = [];
  for (const day of await todaysOf(services.db, services.now())) {
    let overdue: string[];
    let after: string | null = null;
    do {
      overdue = await recordsWithOverdueWaivers(services.db, day, after, atOnce);
      for (const record of overdue)
        await expireWaivers(services, system, { record }).catch((error: unknown) => failures.push(error));
      after = overdue.at(-1) ?? null;
    } while (overdue.length === atOnce);
  }
  while ((await announceWaiverEnds(services, system, undefined)).taken === announcedAtOnce);
  if (failures.length > 0) throw failures[0];
}

/** Runs now and once a minute. Returns a stop function that waits for the current run. */
export const watchWaiverEnds = (services: Services): (() => Promise<void>) =>
  everyMinute('ending waivers', () => endWaivers(services));
