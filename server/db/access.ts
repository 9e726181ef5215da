import { and, eq, sql, type Column, type SQL } from 'drizzle-orm';
import type { Duty } from '#shared/contract/duty.ts';
import type { ScopeState } from '#shared/contract/scope.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import type { Db, Tx } from './driver/client.ts';
import { members, organisations, records, scopeDuties, scopes } from './schema.ts';
import { statement } from './driver/statement.ts';

/** A scope that a person may see, with the person's duties in it. */
export interface ScopeAccess {
  scope: { id: string; organisationId: string; timeZone: string; name: string; prefix: string; state: ScopeState };
  actor: Actor;
}

/**
 * Returns null unless the person is a member of the organisation and is an administrator or has a duty in the scope.
 */
export async function accessToScope(tx: Db | Tx, person: string, scope: string): Promise<ScopeAccess | null> {
  const [row] = await scopeSeen(tx, { person, scope });
  return row ? accessOf(person, row) : null;
}

/** Like `accessToScope`, for the scope of a record. Also returns null if the record does not exist. */
export async function accessToRecord(tx: Db | Tx, person: string, record: string): Promise<ScopeAccess | null> {
  const [row] = await scopeOfRecordSeen(tx, { person, record });
  return row ? accessOf(person, row) : null;
}

/** Returns the pairs whose person may see the scope, as `<scope> <person>`. */
export async function scopesPermitting(
  tx: Db | Tx,
  pairs: readonly { scope: string; person: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.select({ scope: sql<string>`found.scope`, person: sql<string>`found.person` }).from(
    sql`(select wanted.scope, wanted.person
        from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as wanted(scope uuid, person uuid)
        join ${scopes} as scopes on scopes.id = wanted.scope
        join ${members} as members
          on members.organisation_id = scopes.organisation_id and members.person_id = wanted.person
        where members.admin or exists (select 1 from ${scopeDuties} as duties
          where duties.scope_id = scopes.id and duties.person_id = wanted.person)) as found`,
  );
  return new Set(rows.map((row) => `${row.scope} ${row.person}`));
}

/** Whether a person may see a scope: they are a member, and are an administrator or have a duty in it. */
export const inScopeOf = (scope: Column, person: unknown): SQL => sql`exists (
  select 1 from ${scopes} join ${members} on ${members.organisationId} = ${scopes.organisationId}
  where ${scopes.id} = ${scope} and ${members.personId} = ${person} and (${members.admin} or exists (
    select 1 from ${scopeDuties} where ${scopeDuties.scopeId} = ${scopes.id} and ${scopeDuties.personId} = ${person})))`;

const person = sql.placeholder('person');

const scopeSeen = statement((db) =>
  db
    .select(seen)
    .from(scopes)
    .innerJoin(members, membership)
    .innerJoin(organisations, eq(organisations.id, scopes.organisationId))
    .where(eq(scopes.id, sql.placeholder('scope'))),
);

const scopeOfRecordSeen = statement((db) =>
  db
    .select(seen)
    .from(scopes)
    .innerJoin(members, membership)
    .innerJoin(organisations, eq(organisations.id, scopes.organisationId))
    .innerJoin(records, eq(records.scopeId, scopes.id))
    .where(eq(records.id, sql.placeholder('record'))),
);

const membership = and(eq(members.organisationId, scopes.organisationId), eq(members.personId, person));

const seen = {
  id: scopes.id,
  organisationId: scopes.organisationId,
  timeZone: organisations.timeZone,
  name: scopes.name,
  prefix: scopes.prefix,
  state: scopes.state,
  admin: members.admin,
  duties: sql<
    Duty[]
  >`array(select ${scopeDuties.duty} from ${scopeDuties} where ${scopeDuties.scopeId} = ${scopes.id} and ${scopeDuties.personId} = ${person})`,
};

function accessOf(person: string, row: ScopeAccess['scope'] & Pick<Actor, 'admin' | 'duties'>): ScopeAccess | null {
  const { admin, duties, ...scope } = row;
  return admin || duties.length > 0 ? { scope, actor: { id: person, admin, duties } } : null;
}

/** Returns null if the person is not a member. */
export async function membershipOf(
  tx: Db | Tx,
  personId: string,
  organisationId: string,
): Promise<{ admin: boolean } | null> {
  const [row] = await tx
    .select({ admin: members.admin })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), eq(members.personId, personId)));
  return row ?? null;
}

/** Returns a member with all duties they have in any scope of the organisation; null if the person is not a member. */
export async function actorInOrganisation(
  tx: Db | Tx,
  personId: string,
  organisationId: string,
): Promise<Actor | null> {
  const member = await membershipOf(tx, personId, organisationId);
  if (!member) return null;
  const rows = await tx
    .selectDistinct({ duty: scopeDuties.duty })
    .from(scopeDuties)
    .innerJoin(scopes, and(eq(scopes.id, scopeDuties.scopeId), eq(scopes.organisationId, organisationId)))
    .where(eq(scopeDuties.personId, personId));
  return { ...member, id: personId, duties: rows.map(({ duty }) => duty) };
}

/** The duties a person may be given in a scope. */
export async function dutiesIn(tx: Db | Tx, personId: string, scopeId: string): Promise<Duty[]> {
  const rows = await tx
    .select({ duty: scopeDuties.duty })
    .from(scopeDuties)
    .where(and(eq(scopeDuties.scopeId, scopeId), eq(scopeDuties.personId, personId)));
  return rows.map(({ duty }) => duty);
}
