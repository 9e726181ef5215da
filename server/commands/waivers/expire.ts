import { and, eq, inArray, lt } from 'drizzle-orm';
import { todayIn } from '#server/db/organisation-days.ts';
import { lockRecord } from '#server/db/records.ts';
import { waivers } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { namedWaiver, saveWaiverOutcome } from './load.ts';

/**
 * Ends the waivers of a record whose last day is over, and notifies their requesters and the data owner. The gate
 * closed by itself when the day was over; this stores it. Idempotent, regardless of which process runs it.
 */
export const expireWaivers = command(
  'expire-waivers',
  async (ctx, { record }: { record: string }): Promise<{ expired: string[] }> => {
    const locked = await lockRecord(ctx.tx, record);
    if (!locked) return { expired: [] };
    const over = await ctx.tx
      .update(waivers)
      .set({ state: 'expired' })
      .where(
        and(
          eq(waivers.recordId, record),
          inArray(waivers.state, ['proposed', 'active']),
          lt(waivers.endsOn, await todayIn(ctx.tx, locked.organisationId, ctx.now)),
        ),
      )
      .returning();
    let row = locked;
    for (const waiver of over) {
      const fact = { kind: 'waiver.expired', body: namedWaiver(waiver) } as const;
      const { card } = await saveWaiverOutcome(ctx, { row, scope: { id: row.scopeId } }, waiver, fact);
      row = { ...row, waived: card.waived };
      ctx.notify({
        people: [waiver.requestedBy, row.dataOwnerId].filter((person) => person !== null),
        kind: 'waiver.expired',
        scope: row.scopeId,
        record,
        params: { rule: waiver.rule, endsOn: waiver.endsOn },
        occasion: `waiver expired ${waiver.id}`,
      });
    }
    return { expired: over.map(({ id }) => id) };
  },
);
