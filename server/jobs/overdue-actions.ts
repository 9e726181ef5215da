import type { Services } from '#server/commands/command.ts';
import { announceOverdue, atOnce } from '#server/commands/records/announce-overdue.ts';
import { everyMinute } from './every-minute.ts';

/** Notifies the owners of all overdue next actions. */
export async function notifyOverdueOwners(services: Services): Promise<void> {
  while ((await announceOverdue(services, { actor: null, operation: null }, undefined)).told === atOnce);
}

/** Runs now and once a minute. Returns a stop function. */
export const watchOverdueActions = (services: Services): (() => Promise<void>) =>
  everyMinute('telling of overdue actions', () => notifyOverdueOwners(services));
