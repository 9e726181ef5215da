import { and, eq } from 'drizzle-orm';
import { departures } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** All that somebody held in a scope is handed over. `at`: when they left; who left once more since is not done. */
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
