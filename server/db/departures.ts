import { and, asc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import type { Person } from '#shared/contract/person.ts';
import type { Db, Tx } from './driver/client.ts';
import { departures, exceptions, people, records, scopeDuties } from './schema.ts';

/** The departure of a person whose last duty in a scope ended. */
export type DepartureRow = typeof departures.$inferSelect;

/** Records that a person left a scope. `successor`: takes over the open work, as far as they are eligible. */
export async function noteDeparture(
  tx: Tx,
  {
    scope,
    person,
    successor,
    by,
    at,
  }: { scope: string; person: string; successor: string | null; by: string; at: Date },
): Promise<void> {
  const noted = { successorId: successor, byId: by, at, doneAt: null };
  await tx
    .insert(departures)
    .values({ scopeId: scope, personId: person, ...noted })
    .onConflictDoUpdate({ target: [departures.scopeId, departures.personId], set: noted });
}

/** Departures with open work to hand over, oldest first; at most `limit`. */
export const openDepartures = (db: Db, limit: number): Promise<DepartureRow[]> =>
  db.select().from(departures).where(isNull(departures.doneAt)).orderBy(asc(departures.at)).limit(limit);

/** Records outside the archive on which a person has open work, after record `after` in id order; at most `limit`. */
export async function recordsHeldBy(
  db: Db | Tx,
  { scopeId, personId }: Pick<DepartureRow, 'scopeId' | 'personId'>,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const raised = sql`exists (select 1 from ${exceptions} where ${exceptions.recordId} = ${records.id}
    and ${exceptions.ownerId} = ${personId} and ${exceptions.closedAt} is null)`;
  const rows = await db
    .select({ id: records.id })
    .from(records)
    .where(
      and(
        eq(records.scopeId, scopeId),
        ne(records.stage, 'archive'),
        after === null ? undefined : gt(records.id, after),
        or(
          eq(records.actionOwnerId, personId),
          eq(records.dataOwnerId, personId),
          eq(records.reviewerId, personId),
          eq(records.outputPreparerId, personId),
          eq(records.signatoryId, personId),
          raised,
        ),
      ),
    )
    .orderBy(asc(records.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/**
 * Former members of a scope: they once had a duty in it and now have none. Used to show their names in past activity.
 */
export async function formerPeople(db: Db | Tx, scope: string): Promise<Person[]> {
  const holds = sql`exists (select 1 from ${scopeDuties} where ${scopeDuties.scopeId} = ${scope}
    and ${scopeDuties.personId} = ${departures.personId})`;
  return db
    .select({ id: people.id, name: people.name })
    .from(departures)
    .innerJoin(people, eq(people.id, departures.personId))
    .where(and(eq(departures.scopeId, scope), sql`not ${holds}`))
    .orderBy(asc(people.name))
    .limit(1_000);
}
