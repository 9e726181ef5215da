import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { Absence } from '#shared/contract/absence.ts';
import type { Db, Tx } from './driver/client.ts';
import { absences } from './schema.ts';

/** Current and future absences of a member, earliest first. `today`: `YYYY-MM-DD`. */
export async function absencesOf(tx: Db | Tx, organisation: string, person: string, today: string): Promise<Absence[]> {
  return (await absencesOfAll(tx, organisation, [person], today)).get(person) ?? [];
}

/** Current and future absences of several members, by person. Omits people without absences. */
export async function absencesOfAll(
  tx: Db | Tx,
  organisation: string,
  people: readonly string[],
  today: string,
): Promise<Map<string, Absence[]>> {
  if (people.length === 0) return new Map();
  const rows = await tx
    .select({ id: absences.id, person: absences.personId, from: absences.from, until: absences.until })
    .from(absences)
    .where(
      and(
        eq(absences.organisationId, organisation),
        inArray(absences.personId, [...people]),
        gte(absences.until, today),
      ),
    )
    .orderBy(asc(absences.from));
  const byPerson = new Map<string, Absence[]>();
  for (const { person, ...absence } of rows) byPerson.set(person, [...(byPerson.get(person) ?? []), absence]);
  return byPerson;
}
