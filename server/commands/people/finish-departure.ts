import { and, eq } from 'drizzle-orm';
import { departures } from '#server/db/schema.ts';
import { command } from '../command.ts';

/**
 * Marks a departure as done after the person's open work in the scope is handed over. `at`: when they left; a later
 * departure of the same person stays open.
 */
export const finishDeparture = command(
  'finish-departure',
  async (ctx, { scope, person, at }: { scope: string; person: string; at: Date }): Promise<null> => {
    await ctx.tx
      .update(departures)
      .set({ doneAt: ctx.now })
      .where(and(eq(departures.scopeId, scope), eq(departures.personId, person), eq(departures.at, at)));
    return null;
  },
);
