import type { z } from 'zod';
import type { SetHandOver } from '#shared/contract/bulk.ts';
import type { Call, Services } from '../command.ts';
import { forEachRecord, namedIn } from './for-each.ts';
import { assignNextAction } from './assign-next-action.ts';

type Input = z.infer<typeof SetHandOver> & { scope: string };
type Item = Parameters<typeof assignNextAction>[2] & { reference: string | null };

const assignEach = forEachRecord('hand-over-records', (services, call, { reference: _, ...item }: Item) =>
  assignNextAction(services, call, item),
);

/**
 * Assigns the next actions of a set of records to one person, each with `assignNextAction`. Throws NotFound if the
 * scope does not exist for the actor.
 */
export async function assignNextActions(services: Services, call: Call, { scope, records, to, what, due }: Input) {
  const items = await namedIn(services, call, scope, records);
  return assignEach(
    services,
    call,
    items.map((item) => ({ ...item, to, what, due })),
  );
}
