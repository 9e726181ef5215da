import { eq } from 'drizzle-orm';
import { dayOf } from '#shared/domain/day.ts';
import type { Db, Tx } from './driver/client.ts';
import { organisations } from './schema.ts';

/** The time zone that defines the calendar days of an organisation. */
export async function timeZoneOf(tx: Db | Tx, organisation: string): Promise<string> {
  const [row] = await tx
    .select({ timeZone: organisations.timeZone })
    .from(organisations)
    .where(eq(organisations.id, organisation));
  return row?.timeZone ?? 'UTC';
}

/** The current day in an organisation, as `YYYY-MM-DD`. */
export const todayIn = async (tx: Db | Tx, organisation: string, now: Date): Promise<string> =>
  dayOf(now, await timeZoneOf(tx, organisation));

/** The current days with their organisations; more than one day if time zones differ. */
export async function todaysOf(tx: Db | Tx, now: Date): Promise<{ today: string; organisations: string[] }[]> {
  const rows = await tx.select({ id: organisations.id, timeZone: organisations.timeZone }).from(organisations);
  const byDay = Map.groupBy(rows, ({ timeZone }) => dayOf(now, timeZone));
  return [...byDay].map(([today, those]) => ({ today, organisations: those.map(({ id }) => id) }));
}
