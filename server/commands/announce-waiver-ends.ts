import { and, eq, gte, lte } from 'drizzle-orm';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import { records, waivers } from '#server/db/schema.ts';
import { command } from './command.ts';

/** So many days before its end a waiver is spoken of. */
const before = [7, 1] as const;

/**
 * Tells who asked for a waiver and who owns the record's data that it ends soon: 7 days and 1 day before, each once,
 * however often this runs. A waiver that was given for less is not spoken of the day it was given.
 */
export const announceWaiverEnds = command('announce-waiver-ends', async (act): Promise<null> => {
  const day = dayOf(act.now);
  const ending = await act.tx
    .select({ waiver: waivers, dataOwner: records.dataOwnerId })
    .from(waivers)
    .innerJoin(records, eq(records.id, waivers.recordId))
    .where(
      and(
        eq(waivers.state, 'active'),
        gte(waivers.endsOn, day),
        lte(waivers.endsOn, dayAfter(day, Math.max(...before))),
      ),
    );
  for (const { waiver, dataOwner } of ending) {
    const { id, endsOn, scopeId, recordId, requestedBy, rule } = waiver;
    const given = dayOf(waiver.decidedAt!);
    const days = Math.round((Date.parse(endsOn) - Date.parse(day)) / 86_400_000);
    const notice = before.findLast((one) => days <= one && given < dayAfter(endsOn, -one));
    if (notice === undefined) continue;
    act.notify({
      people: [requestedBy, dataOwner].filter((person) => person !== null),
      kind: 'waiver.ending',
      scope: scopeId,
      record: recordId,
      params: { rule, endsOn, days },
      occasion: `waiver ending ${notice} ${id}`,
    });
  }
  return null;
});
