import type { Services } from '#server/commands/command.ts';
import { announceOverdue, atOnce } from '#server/commands/records/announce-overdue.ts';
import { everyMinute } from './every-minute.ts';

/** Tells all whose next action is past its day. */
export async function notifyOverdueOwners(services: Services): Promise<void> {
  while ((await announceOverdue(services, { actor: null, operation: null }, undefined)).told === atOnce);
}

/** Does it now and once a minute. Answers with how to stop. */
export const watchOverdueActions = (services: Services): (() => Promise<void>) =>
  everyMinute('telling of overdue actions', () => notifyOverdueOwners(services));
