import { eq } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { isTimeZone } from '#shared/domain/day.ts';
import { adminDenial } from '#shared/domain/ownership.ts';
import { membershipOf } from '#server/db/access.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { organisations, records, scopes } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Refused, Stale } from '../errors.ts';

interface Input {
  organisation: string;
  from: string;
  to: string;
}

/**
 * Sets the time zone of an organisation. Its records are rejudged, because the date may be a different one. Throws
 * NotFound, Forbidden, Stale, and Refused for an invalid time zone.
 */
export const setTimeZone = command('set-time-zone', async (ctx, input: Input): Promise<{ timeZone: string }> => {
  const { organisation, from, to } = input;
  const membership = ctx.actor && (await membershipOf(ctx.tx, ctx.actor.id, organisation));
  if (!membership) throw new NotFound('organisation');
  assertAllowed(adminDenial(membership));
  if (!isTimeZone(to)) throw new Refused([unknownZone(to)]);
  const [row] = await ctx.tx.select().from(organisations).where(eq(organisations.id, organisation)).for('update');
  if (row!.timeZone !== from) throw new Stale('timeZone', row!.timeZone);
  if (from === to) return { timeZone: to };
  await ctx.tx.update(organisations).set({ timeZone: to }).where(eq(organisations.id, organisation));
  await enqueueRejudge(ctx.tx, eq(records.organisationId, organisation), 'time zone', ctx.now);
  const its = await ctx.tx.select({ id: scopes.id }).from(scopes).where(eq(scopes.organisationId, organisation));
  for (const trail of [organisation, ...its.map(({ id }) => id)])
    ctx.record({ trail, kind: 'organisation.timeZoneSet', body: { before: from, after: to } });
  return { timeZone: to };
});

/** M37. */
export const unknownZone = (zone: string): Finding => ({
  rule: 'M37',
  key: 'organisation.timeZone',
  params: { zone },
  severity: 'error',
  entry: null,
  mend: [],
});
