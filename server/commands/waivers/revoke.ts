import { eq } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { Waiver } from '#shared/contract/waiver.ts';
import { waivers } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { Stale } from '../errors.ts';
import { assertPermission } from '../records/load.ts';
import { namedWaiver, loadWaiverForUpdate, saveWaiverOutcome } from './load.ts';

/**
 * Ends a proposed or active waiver immediately; the gate that it kept open closes. Its requester may withdraw a
 * proposal. Throws Forbidden, and Stale if it has ended.
 */
export const revokeWaiver = command(
  'revoke-waiver',
  async (ctx, { waiver: id, why }: { waiver: string; why: string }): Promise<{ waiver: Waiver; card: Card }> => {
    const open = await loadWaiverForUpdate(ctx, id);
    const { waiver, row, scope, actor } = open;
    const takesBack = waiver.state === 'proposed' && waiver.requestedBy === actor.id;
    if (!takesBack) assertPermission(open, 'decideWaivers');
    if (waiver.state !== 'proposed' && waiver.state !== 'active') throw new Stale('waiver', waiver.state);
    const [revoked] = await ctx.tx
      .update(waivers)
      .set({ state: 'revoked', revokedBy: actor.id, revokedAt: ctx.now, revokedWhy: why })
      .where(eq(waivers.id, waiver.id))
      .returning();
    if (waiver.requestedBy !== actor.id)
      ctx.notify({
        people: [waiver.requestedBy],
        kind: 'waiver.decided',
        scope: scope.id,
        record: row.id,
        params: { by: ctx.actor!.name, rule: waiver.rule, endsOn: waiver.endsOn, outcome: 'revoked' },
        occasion: `waiver revoked ${waiver.id}`,
      });
    return saveWaiverOutcome(ctx, open, revoked!, { kind: 'waiver.revoked', body: { ...namedWaiver(revoked!), why } });
  },
);
