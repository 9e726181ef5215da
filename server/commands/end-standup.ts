import { and, eq, isNull } from 'drizzle-orm';
import { standupItems, standupPeople, standups } from '#server/db/schema.ts';
import { command } from './command.ts';
import { asLeader, countTime, openStandup } from './open-standup.ts';

/** Ends a standup. Throws Stale under an older term, and Refused for whoever does not lead or where it has ended. */
export const endStandup = command('end-standup', async (act, input: { standup: string; term: number }) => {
  const open = await openStandup(act, input.standup);
  const { standup, scope, actor } = open;
  await asLeader(act, open, input.term);
  await countTime(act, standup);
  const [items] = await Promise.all([
    act.tx
      .select({ outcome: standupItems.outcome, reachedAt: standupItems.reachedAt })
      .from(standupItems)
      .where(eq(standupItems.standupId, standup.id)),
    act.tx.update(standups).set({ endedAt: act.now, endedBy: actor.id }).where(eq(standups.id, standup.id)),
    act.tx
      .update(standupPeople)
      .set({ leftAt: act.now })
      .where(and(eq(standupPeople.standupId, standup.id), isNull(standupPeople.leftAt))),
  ]);
  act.record({
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
