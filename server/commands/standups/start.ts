import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { NewStandup } from '#shared/contract/standup.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { gatherAgenda } from '#server/db/agenda.ts';
import { standupItems, standups } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Refused } from '../errors.ts';
import { requireScopeAccess } from '../records/load.ts';
import { markPresent, nameOf } from './load.ts';

type Input = z.output<typeof NewStandup> & { scope: string };

/**
 * Starts a standup: stores its agenda and opens the first item; the caller leads. Throws Forbidden, Refused if the
 * scope has an open standup, and NotFound for a record that is not on the agenda.
 */
export const startStandup = command('start-standup', async (ctx, input: Input): Promise<{ standup: string }> => {
  const { scope, actor } = await requireScopeAccess(ctx, input.scope);
  assertAllowed(permissionDenial('leadStandups', actor));
  const [open] = await ctx.tx
    .select({ leader: standups.leaderId })
    .from(standups)
    .where(and(eq(standups.scopeId, scope.id), isNull(standups.endedAt)));
  if (open) throw new Refused([{ ...oneAtATime, params: { leader: await nameOf(ctx, open.leader) } }]);

  const { items, since, seq } = await gatherAgenda(ctx.tx, scope, ctx.now);
  const wanted = input.records && [...new Set(input.records)];
  const chosen = wanted ? wanted.map((id) => items.find((item) => item.id === id)) : items;
  if (!chosen.every((item) => item !== undefined)) throw new NotFound('agendaRecord');

  const [started] = await ctx.tx
    .insert(standups)
    .values({
      scopeId: scope.id,
      startedBy: actor.id,
      startedAt: ctx.now,
      leaderId: actor.id,
      positionSince: ctx.now,
      recordBox: input.recordBox,
      totalBox: input.totalBox,
      seq,
      sinceSeq: since?.seq ?? null,
    })
    .returning({ id: standups.id });
  const { id } = started!;
  if (chosen.length > 0) {
    await ctx.tx.insert(standupItems).values(
      chosen.map(({ id: recordId, reasons }, position) => ({
        standupId: id,
        position,
        recordId,
        reasons,
        reachedAt: position === 0 ? ctx.now : null,
      })),
    );
  }
  await markPresent(ctx, id, actor.id);
  ctx.record({
    trail: scope.id,
    kind: 'standup.started',
    body: {
      standup: id,
      leader: actor.id,
      records: chosen.length,
      recordBox: input.recordBox,
      totalBox: input.totalBox,
    },
  });
  return { standup: id };
});

/** M32. */
const oneAtATime: Finding = { rule: 'M32', key: 'standup.open', params: {}, severity: 'error', entry: null, mend: [] };
