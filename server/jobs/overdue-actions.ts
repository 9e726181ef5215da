import type { Services } from '#server/commands/command.ts';
import { announceOverdue } from '#server/commands/announce-overdue.ts';
import { everyMinute } from './every-minute.ts';

/** Tells whose next action is past its day, now and once a minute. Answers with how to stop. */
export function watchOverdueActions(services: Services): () => Promise<void> {
  return everyMinute('telling of overdue actions', async () => {
    await announceOverdue(services, { actor: null, operation: null }, undefined);
  });
}
