import type { z } from 'zod';
import type { SetMove } from '#shared/contract/bulk.ts';
import type { Call, Services } from '../command.ts';
import { forEachRecord, namedIn } from './for-each.ts';
import { moveRecord } from './move.ts';

type Input = z.infer<typeof SetMove> & { scope: string };
type Item = Parameters<typeof moveRecord>[2] & { reference: string | null };

const moveEach = forEachRecord('move-records', (services, call, { reference: _, ...item }: Item) =>
  moveRecord(services, call, item),
);

/**
 * Moves a set of cards to the end of a stage, each with `moveRecord`. Throws NotFound if the scope does not exist for
 * the actor.
 */
export async function moveRecords(services: Services, call: Call, { scope, records, to, reason }: Input) {
  const items = await namedIn(services, call, scope, records);
  return moveEach(
    services,
    call,
    items.map((item) => ({ ...item, to, reason })),
  );
}
