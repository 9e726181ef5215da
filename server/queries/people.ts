import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Invitation, Self } from '#shared/contract/person.ts';
import { NotFound } from '#server/commands/errors.ts';
import { hashToken } from '#server/commands/invite-person.ts';
import { membershipOf } from '#server/db/access.ts';
import type { Db } from '#server/db/client.ts';
import { invitations, members, organisations, people, scopes, scopeDuties } from '#server/db/schema.ts';

export async function selfOf(db: Db, person: { id: string; name: string; email: string }): Promise<Self> {
  const leads = sql<boolean>`exists (select 1 from ${scopeDuties} join ${scopes} on ${scopes.id} = ${scopeDuties.scopeId}
    where ${scopes.organisationId} = ${organisations.id} and ${scopeDuties.personId} = ${person.id} and ${scopeDuties.duty} = 'lead')`;
  const memberships = await db
    .select({ id: organisations.id, name: organisations.name, admin: members.admin, leads })
    .from(members)
    .innerJoin(organisations, eq(organisations.id, members.organisationId))
    .where(eq(members.personId, person.id))
    .orderBy(asc(organisations.name));
  return {
    ...person,
    memberships: memberships.map(({ admin, leads, ...organisation }) => ({ organisation, admin, leads })),
  };
}

/** The members of an organisation. Throws NotFound for one that the reader does not belong to. */
export async function peopleOf(db: Db, readerId: string, organisationId: string) {
  if (!(await membershipOf(db, readerId, organisationId))) throw new NotFound('organisation');
  return {
    people: await db
      .select({ id: people.id, name: people.name, email: people.email, admin: members.admin })
      .from(members)
      .innerJoin(people, eq(people.id, members.personId))
      .where(eq(members.organisationId, organisationId))
      .orderBy(asc(people.name)),
  };
}

/** The cast of the demo with the ids that the board knows them by. */
export async function demoPeople<Person extends { email: string }>(
  db: Db,
  { password, people: cast }: { password: string; people: readonly Person[] },
) {
  const emails = cast.map(({ email }) => email);
  const rows = await db
    .select({ id: people.id, email: people.email })
    .from(people)
    .where(inArray(people.email, emails));
  const ids = new Map(rows.map(({ id, email }) => [email, id]));
  return { password, people: cast.flatMap((one) => (ids.has(one.email) ? [{ ...one, id: ids.get(one.email)! }] : [])) };
}

export async function invitationsOf(
  db: Db,
  readerId: string,
  organisationId: string,
): Promise<{ invitations: Invitation[] }> {
  if (!(await membershipOf(db, readerId, organisationId))) throw new NotFound('organisation');
  const rows = await db
    .select({
      invitation: invitations,
      inviter: { id: people.id, name: people.name },
      scope: { id: scopes.id, name: scopes.name },
    })
    .from(invitations)
    .innerJoin(people, eq(people.id, invitations.invitedBy))
    .leftJoin(scopes, eq(scopes.id, invitations.scopeId))
    .where(eq(invitations.organisationId, organisationId))
    .orderBy(sql`${invitations.acceptedAt} is not null`, sql`${invitations.createdAt} desc`)
    .limit(200);
  return {
    invitations: rows.map(({ invitation, inviter, scope }) => ({
      id: invitation.id,
      email: invitation.email,
      admin: invitation.admin,
      scope,
      duties: invitation.duties,
      invitedBy: inviter,
      expiresAt: invitation.expiresAt.toISOString(),
      acceptedAt: invitation.acceptedAt?.toISOString() ?? null,
    })),
  };
}

/** What the holder of a link may see before joining. Throws NotFound for a spent, outdated or invented token. */
export async function invitationPreview(db: Db, token: string, now: Date) {
  const [row] = await db
    .select({
      organisation: organisations.name,
      email: invitations.email,
      invitedBy: people.name,
      known: sql<boolean>`exists (select 1 from ${people} as known where known.email = ${invitations.email})`,
    })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .innerJoin(people, eq(people.id, invitations.invitedBy))
    .where(
      and(eq(invitations.tokenHash, hashToken(token)), isNull(invitations.acceptedAt), gt(invitations.expiresAt, now)),
    );
  if (!row) throw new NotFound('invitation');
  return row;
}
