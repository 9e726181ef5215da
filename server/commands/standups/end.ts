import { and, eq, isNull } from 'drizzle-orm';
import { standupItems, standupPeople, standups } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { requireLeader, countTime, loadStandupForUpdate } from './load.ts';

/** Ends a standup. Throws Stale for an older term, and Refused if the actor does not lead or the standup has ended. */
export const endStandup = command('end-standup', async (ctx, input: { standup: string; term: number }) => {
  const open = await loadStandupForUpdate(ctx, input.standup);
  const { standup, scope, actor } = open;
  await requireLeader(ctx, open, input.term);
  await countTime(ctx, standup);
  const [items] = await Promise.all([
    ctx.tx
      .select({ outcome: standupItems.outcome, reachedAt: standupItems.reachedAt })
      .from(standupItems)
      .where(eq(standupItems.standupId, standup.id)),
    ctx.tx.update(standups).set({ endedAt: ctx.now, endedBy: actor.id }).where(eq(standups.id, standup.id)),
    ctx.tx
      .update(standupPeople)
      .set({ leftAt: ctx.now })
      .where(and(eq(standupPeople.standupId, standup.id), isNull(standupPeople.leftAt))),
  ]);
  ctx.record({
    trail: scope.id,
    kind: 'standup.ended',
    body: {
      standup: standup.id,
      records: items.length,
      decided: items.filter(({ outcome }) => outcome !== null).length,
      reached: items.filter(({ reachedAt }) => reachedAt !== null).length,
    },
  });
  return { standup: standup.id };
});
