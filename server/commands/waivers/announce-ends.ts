import { and, asc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import { todaysOf } from '#server/db/organisation-days.ts';
import { organisations, records, scopes, waivers } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** Days before its end on which a waiver is announced. */
const [first, last] = [7, 1] as const;
/** Waivers per run. */
export const atOnce = 500;

/**
 * Notifies the requester of a waiver and the data owner of its record that it ends soon: 7 days and 1 day before, once
 * each, regardless of how often this runs. A waiver that was granted for a shorter time is not announced on the day it
 * was granted. Takes one batch and marks it, even if there was nobody to notify; the next run takes the next one.
 */
export const announceWaiverEnds = command('announce-waiver-ends', async (ctx): Promise<{ taken: number }> => {
  const days = await todaysOf(ctx.tx, ctx.now);
  if (days.length === 0) return { taken: 0 };
  const ending = await ctx.tx
    .select({ waiver: waivers, dataOwner: records.dataOwnerId, timeZone: organisations.timeZone })
    .from(waivers)
    .innerJoin(records, eq(records.id, waivers.recordId))
    .innerJoin(scopes, eq(scopes.id, waivers.scopeId))
    .innerJoin(organisations, eq(organisations.id, scopes.organisationId))
    .where(
      and(
        eq(waivers.state, 'active'),
        or(
          ...days.map(({ today, organisations: those }) =>
            and(
              inArray(scopes.organisationId, those),
              gte(waivers.endsOn, today),
              lte(waivers.endsOn, dayAfter(today, first)),
              or(
                isNull(waivers.announced),
                and(eq(waivers.announced, first), lte(waivers.endsOn, dayAfter(today, last))),
              ),
            ),
          ),
        ),
      ),
    )
    .orderBy(asc(waivers.endsOn), asc(waivers.id))
    .limit(atOnce);
  const taken = ending.map(({ waiver, dataOwner, timeZone }) => {
    const days = daysBetween(dayOf(ctx.now, timeZone), waiver.endsOn);
    return {
      waiver,
      dataOwner,
      days,
      announced: days <= last ? last : first,
      given: dayOf(waiver.decidedAt!, timeZone),
    };
  });
  for (const { waiver, dataOwner, days, given } of taken) {
    const { id, endsOn, scopeId, recordId, requestedBy, rule } = waiver;
    const notice = [last, first].find((one) => days <= one && given < dayAfter(endsOn, -one));
    if (notice === undefined) continue;
    ctx.notify({
      people: [requestedBy, dataOwner].filter((person) => person !== null),
      kind: 'waiver.ending',
      scope: scopeId,
      record: recordId,
      params: { rule, endsOn, days },
      occasion: `waiver ending ${notice} ${id}`,
    });
  }
  const marks = taken.map(({ waiver: { id }, announced }) => ({ id, announced }));
  await ctx.tx
    .update(waivers)
    .set({ announced: sql`taken.announced` })
    .from(sql`jsonb_to_recordset(${JSON.stringify(marks)}::text::jsonb) as taken(id uuid, announced smallint)`)
    .where(eq(waivers.id, sql`taken.id`));
  return { taken: taken.length };
});

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
