import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { Duty } from '#shared/contract/duty.ts';
import type { CountKey } from '#shared/contract/event.ts';
import type { Scope, ScopeSummary } from '#shared/contract/scope.ts';
import { defaultModel, stageKeys } from '#shared/domain/operating-model.ts';
import { dayOf } from '#shared/domain/day.ts';
import { NotFound } from '#server/commands/errors.ts';
import { absencesOfAll } from '#server/db/absences.ts';
import { formerPeople } from '#server/db/departures.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { asSeenBy, memberLinkFrom } from './member-shown.ts';
import { members, organisations, people, scopeDuties, scopes, trails } from '#server/db/schema.ts';

const summary = {
  id: scopes.id,
  name: scopes.name,
  prefix: scopes.prefix,
  state: scopes.state,
  organisation: { id: organisations.id, name: organisations.name, timeZone: organisations.timeZone },
  counts: trails.counts,
};

/** The scopes a person may see: those in which they have a duty, and all of an organisation they administer. */
export async function scopeList(db: Db, personId: string): Promise<{ scopes: ScopeSummary[] }> {
  const holdsDuty = sql`exists (select 1 from ${scopeDuties} where ${scopeDuties.scopeId} = ${scopes.id} and ${scopeDuties.personId} = ${personId})`;
  const rows = await db
    .select(summary)
    .from(scopes)
    .innerJoin(organisations, eq(organisations.id, scopes.organisationId))
    .innerJoin(trails, eq(trails.id, scopes.id))
    .innerJoin(members, and(eq(members.organisationId, scopes.organisationId), eq(members.personId, personId)))
    .where(or(members.admin, holdsDuty))
    .orderBy(asc(scopes.name));
  return { scopes: rows.map(withRecords) };
}

/** Throws NotFound. */
export async function scopeView(db: Db, personId: string, scopeId: string, now: Date): Promise<Scope> {
  const access = await accessToScope(db, personId, scopeId);
  if (!access) throw new NotFound('scope');
  const [[row], former, persons] = await Promise.all([
    db
      .select(summary)
      .from(scopes)
      .innerJoin(organisations, eq(organisations.id, scopes.organisationId))
      .innerJoin(trails, eq(trails.id, scopes.id))
      .where(eq(scopes.id, scopeId)),
    formerPeople(db, scopeId),
    db
      .select({
        id: people.id,
        name: people.name,
        email: people.email,
        admin: members.admin,
        linkFrom: memberLinkFrom,
        duties: sql<Duty[]>`array_agg(${scopeDuties.duty} order by ${scopeDuties.duty})`,
      })
      .from(scopeDuties)
      .innerJoin(people, eq(people.id, scopeDuties.personId))
      .innerJoin(members, and(eq(members.personId, people.id), eq(members.organisationId, access.scope.organisationId)))
      .where(eq(scopeDuties.scopeId, scopeId))
      .groupBy(people.id, people.name, people.email, members.organisationId, members.personId, members.admin)
      .orderBy(asc(people.name)),
  ]);
  const organisation = access.scope.organisationId;
  const away = await absencesOfAll(
    db,
    organisation,
    persons.map(({ id }) => id),
    dayOf(now, access.scope.timeZone),
  );
  return {
    ...withRecords(row!),
    people: persons.map(asSeenBy(access.actor)).map((person) => ({ ...person, absences: away.get(person.id) ?? [] })),
    former,
    own: { admin: access.actor.admin, duties: [...access.actor.duties] },
    stages: defaultModel.stages.map(({ key, owner }) => ({ key, owner })),
  };
}

function withRecords<T extends { counts: Partial<Record<CountKey, number>> }>({ counts, ...scope }: T) {
  return { ...scope, records: stageKeys.reduce((sum, stage) => sum + (counts[stage] ?? 0), 0) };
}
