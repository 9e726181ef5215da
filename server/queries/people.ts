import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Invitation, Self } from '#shared/contract/person.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { assertAllowed, NotFound } from '#server/commands/errors.ts';
import { hashToken } from '#server/commands/people/invite.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { inviteDenial, type InvitedTo } from '#server/db/invitations.ts';
import { asSeenBy, managesPeople, memberLinkFrom } from './member-shown.ts';
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
    id: person.id,
    name: person.name,
    email: person.email,
    memberships: memberships.map(({ admin, leads, ...organisation }) => ({ organisation, admin, leads })),
  };
}

/** The members of an organisation. Throws NotFound if the reader does not belong to it. */
export async function peopleOf(db: Db, readerId: string, organisationId: string) {
  const reader = await actorInOrganisation(db, readerId, organisationId);
  if (!reader) throw new NotFound('organisation');
  const rows = await db
    .select({ id: people.id, name: people.name, email: people.email, admin: members.admin, linkFrom: memberLinkFrom })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(eq(members.organisationId, organisationId))
    .orderBy(asc(people.name));
  return { people: rows.map(asSeenBy(reader)) };
}

/** The cast of the demo with their ids on the board. */
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

/** The invitations that the reader may create and revoke, those not yet accepted first. Throws NotFound, Forbidden. */
export async function invitationsOf(
  db: Db,
  readerId: string,
  organisationId: string,
  now: Date,
): Promise<{ invitations: Invitation[] }> {
  const reader = await actorInOrganisation(db, readerId, organisationId);
  if (!reader) throw new NotFound('organisation');
  if (!managesPeople(reader)) assertAllowed(permissionDenial('managePeople', reader));
  const rows = await db
    .select({
      invitation: invitations,
      inviter: { id: people.id, name: people.name },
      scope: { id: scopes.id, name: scopes.name },
    })
    .from(invitations)
    .innerJoin(people, eq(people.id, invitations.invitedBy))
    .leftJoin(scopes, eq(scopes.id, invitations.scopeId))
    .where(and(eq(invitations.organisationId, organisationId), isNull(invitations.revokedAt)))
    .orderBy(sql`${invitations.acceptedAt} is not null`, sql`${invitations.createdAt} desc`)
    .limit(200);
  const may = new Map<string, Promise<boolean>>();
  /** Cached, because many invitations share few pairs of inviter and target. */
  const canStill = (person: string, { organisationId, scopeId, admin }: InvitedTo): Promise<boolean> => {
    const key = `${person} ${scopeId} ${admin}`;
    if (!may.has(key))
      may.set(
        key,
        inviteDenial(db, person, { organisationId, scopeId, admin }).then((no) => no === null),
      );
    return may.get(key)!;
  };
  const seen = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      shown: await canStill(readerId, row.invitation),
      inviterMay: await canStill(row.invitation.invitedBy, row.invitation),
    })),
  );
  return {
    invitations: seen
      .filter(({ shown }) => shown)
      .map(({ invitation, inviter, scope, inviterMay }) => ({
        id: invitation.id,
        email: invitation.email,
        admin: invitation.admin,
        scope,
        duties: invitation.duties,
        invitedBy: inviter,
        expiresAt: invitation.expiresAt.toISOString(),
        acceptedAt: invitation.acceptedAt?.toISOString() ?? null,
        mailed: invitation.mailed,
        opens: invitation.acceptedAt === null && invitation.expiresAt > now && inviterMay,
      })),
  };
}

/** What the holder of a link may see before joining. Throws NotFound for any link that does not work. */
export async function invitationPreview(db: Db, token: string, now: Date) {
  const [row] = await db
    .select({
      invitation: invitations,
      organisation: organisations.name,
      email: invitations.email,
      invitedBy: people.name,
      known: sql<boolean>`exists (select 1 from ${people} as known where known.email = ${invitations.email})`,
    })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .innerJoin(people, eq(people.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.tokenHash, hashToken(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    );
  if (!row || (await inviteDenial(db, row.invitation.invitedBy, row.invitation))) throw new NotFound('invitation');
  const { invitation: _, ...preview } = row;
  return preview;
}
