import { and, eq } from 'drizzle-orm';
import { records, standupItems, standups } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { NotFound, Stale } from '../errors.ts';
import { requireLeader, countTime, loadStandupForUpdate } from './load.ts';

interface Input {
  standup: string;
  term: number;
  from: number;
  to: number;
}

/**
 * Goes to another item of the agenda. Throws Stale for an older term or a position other than the present one, Refused
 * if the actor does not lead, and NotFound past the end.
 */
export const goToItem = command('walk-standup', async (ctx, input: Input): Promise<{ standup: string }> => {
  const open = await loadStandupForUpdate(ctx, input.standup);
  const { standup, scope } = open;
  await requireLeader(ctx, open, input.term);
  if (standup.position !== input.from) throw new Stale('standupPosition', standup.position);
  const [next] = await ctx.tx
    .select({ id: records.id, reference: records.reference, reachedAt: standupItems.reachedAt })
    .from(standupItems)
    .innerJoin(records, eq(records.id, standupItems.recordId))
    .where(and(eq(standupItems.standupId, standup.id), eq(standupItems.position, input.to)));
  if (!next) throw new NotFound('agendaRecord');

  const seconds = await countTime(ctx, standup);
  if (next.reachedAt === null) {
    await ctx.tx
      .update(standupItems)
      .set({ reachedAt: ctx.now })
      .where(and(eq(standupItems.standupId, standup.id), eq(standupItems.position, input.to)));
  }
  await ctx.tx.update(standups).set({ position: input.to, positionSince: ctx.now }).where(eq(standups.id, standup.id));
  ctx.record({
    trail: scope.id,
    kind: 'standup.walked',
    record: { id: next.id, reference: next.reference },
    body: { standup: standup.id, term: standup.term, before: input.from, after: input.to, seconds },
  });
  return { standup: standup.id };
});
