import { dayOf } from '#shared/domain/day.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { Waiver } from '#shared/contract/waiver.ts';
import { waiverEndDenial, ownRequest } from '#shared/domain/waivers.ts';
import { presentRules } from '#server/db/rule-sets.ts';
import { notifications, waivers } from '#server/db/schema.ts';
import { command, type CommandContext } from '../command.ts';
import { Refused, Stale } from '../errors.ts';
import { assertPermission } from '../records/load.ts';
import { namedWaiver, loadWaiverForUpdate, proposalOccasion, saveWaiverOutcome } from './load.ts';

interface Input {
  waiver: string;
  approve: boolean;
  note: string | null;
}

/**
 * Approves or refuses a proposed waiver. An approved extension replaces the waiver it extends. Throws Forbidden, Stale
 * if it was already decided, and Refused for one's own request or a last day that is no longer allowed.
 */
export const decideWaiver = command(
  'decide-waiver',
  async (ctx, { waiver: id, approve, note }: Input): Promise<{ waiver: Waiver; card: Card }> => {
    const open = await loadWaiverForUpdate(ctx, id);
    const { waiver, row, scope, actor } = open;
    assertPermission(open, 'decideWaivers');
    if (waiver.state !== 'proposed') throw new Stale('waiver', waiver.state);
    if (waiver.requestedBy === actor.id) throw new Refused([ownRequest]);
    if (approve) {
      const { settings } = await presentRules(ctx.tx, scope.organisationId);
      const late = waiverEndDenial(waiver.endsOn, dayOf(ctx.now, scope.timeZone), settings);
      if (late) throw new Refused([late]);
      if (waiver.extendsId)
        await ctx.tx
          .update(waivers)
          .set({ state: 'revoked', revokedBy: actor.id, revokedAt: ctx.now })
          .where(and(eq(waivers.id, waiver.extendsId), eq(waivers.state, 'active')));
    }
    const [decided] = await ctx.tx
      .update(waivers)
      .set({
        state: approve ? 'active' : 'refused',
        decidedBy: actor.id,
        decidedAt: ctx.now,
        decisionNote: note || null,
      })
      .where(eq(waivers.id, waiver.id))
      .returning();
    await dismissOtherRequests(ctx, waiver.id);
    ctx.notify({
      people: [waiver.requestedBy],
      kind: 'waiver.decided',
      scope: scope.id,
      record: row.id,
      params: {
        by: ctx.actor!.name,
        rule: waiver.rule,
        endsOn: waiver.endsOn,
        outcome: approve ? 'approved' : 'refused',
      },
      occasion: `waiver decided ${waiver.id}`,
    });
    const kind = approve ? 'waiver.approved' : 'waiver.refused';
    const body = {
      ...namedWaiver(decided!),
      note: note || null,
      ...(waiver.extendsId ? { extends: waiver.extendsId } : {}),
    };
    return saveWaiverOutcome(ctx, open, decided!, { kind, body });
  },
);

/** Marks the deciders' notifications of this proposal as read; one about several waivers stays unread. */
async function dismissOtherRequests(ctx: CommandContext, waiver: string): Promise<void> {
  await ctx.tx
    .update(notifications)
    .set({ readAt: ctx.now })
    .where(
      and(
        eq(notifications.occasion, proposalOccasion(waiver)),
        sql`${notifications.params} ->> 'more' = '0'`,
        isNull(notifications.readAt),
      ),
    );
}
