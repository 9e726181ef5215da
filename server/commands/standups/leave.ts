import { and, eq, isNull } from 'drizzle-orm';
import { standupPeople, standups } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { NotFound } from '../errors.ts';
import { loadStandupForUpdate } from './load.ts';

interface Input {
  standup: string;
  /** The person whose connections are gone, if the system is the actor; omitted: the actor. */
  person?: string;
}

/**
 * Leaves a standup, which goes on. Changes nothing for a person who is not present. Throws NotFound, and Refused if it
 * has ended.
 */
export const leaveStandup = command('leave-standup', async (ctx, input: Input): Promise<{ standup: string }> => {
  const standup = ctx.actor
    ? (await loadStandupForUpdate(ctx, input.standup, 'share')).standup
    : (await ctx.tx.select().from(standups).where(eq(standups.id, input.standup)).for('share'))[0];
  const person = ctx.actor?.id ?? input.person;
  if (!standup || !person) throw new NotFound('standup');
  const left = await ctx.tx
    .update(standupPeople)
    .set({ leftAt: ctx.now })
    .where(
      and(eq(standupPeople.standupId, standup.id), eq(standupPeople.personId, person), isNull(standupPeople.leftAt)),
    )
    .returning();
  if (left.length > 0) {
    ctx.record({
      trail: standup.scopeId,
      kind: 'standup.left',
      body: { standup: standup.id, person, away: ctx.actor === null },
    });
  }
  return { standup: standup.id };
});
