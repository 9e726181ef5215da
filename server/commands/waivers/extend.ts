import { dayOf } from '#shared/domain/day.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Waiver } from '#shared/contract/waiver.ts';
import { alreadyProposed, waiverEndDenial, notLater, nothingToPass } from '#shared/domain/waivers.ts';
import { cardOf } from '#server/db/records.ts';
import { waivers } from '#server/db/schema.ts';
import { unendedWaivers, waiverOf } from '#server/db/waivers.ts';
import { command } from '../command.ts';
import { Refused, Stale } from '../errors.ts';
import { assertPermission } from '../records/load.ts';
import { loadWaiverForUpdate } from './load.ts';
import { recordProposals } from './propose.ts';
import { judgeRecord } from '../judging/save-record.ts';

interface Input {
  waiver: string;
  endsOn: string;
  reason: string;
}

/**
 * Requests a later end of an active waiver: a new proposal that needs its own approval; returns that proposal. Throws
 * Forbidden, Stale if the waiver is no longer active, and Refused for a last day that is not allowed, a second
 * proposal, or a rule that the record meets by now.
 */
export const extendWaiver = command(
  'extend-waiver',
  async (ctx, { waiver: id, endsOn, reason }: Input): Promise<{ waiver: Waiver; card: Card }> => {
    const open = await loadWaiverForUpdate(ctx, id);
    const { waiver, row, scope } = open;
    const { rule, measure, scopeId, recordId } = waiver;
    assertPermission(open, 'requestWaivers');
    if (waiver.state !== 'active') throw new Stale('waiver', waiver.state);
    if (endsOn <= waiver.endsOn) throw new Refused([notLater(waiver.endsOn)]);
    const { verdicts, facts } = await judgeRecord(ctx.tx, row, ctx.now);
    const late = waiverEndDenial(endsOn, dayOf(ctx.now, scope.timeZone), facts.settings);
    if (late) throw new Refused([late]);
    const beside = await unendedWaivers(ctx.tx, [row.id]);
    if (beside.some((one) => one.rule === rule && one.state === 'proposed')) throw new Refused([alreadyProposed(rule)]);
    if (!verdicts.some(({ findings }) => findings.some((one) => one.rule === rule && one.severity === 'error')))
      throw new Refused([nothingToPass(rule)]);
    const [proposed] = await ctx.tx
      .insert(waivers)
      .values({
        rule,
        measure,
        scopeId,
        recordId,
        reason,
        endsOn,
        state: 'proposed',
        requestedBy: ctx.actor!.id,
        requestedAt: ctx.now,
        extendsId: waiver.id,
      })
      .returning();
    await recordProposals(ctx, [proposed!], [row]);
    return { waiver: waiverOf(proposed!, row.reference), card: cardOf(row) };
  },
);
