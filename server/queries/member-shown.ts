import { sql } from 'drizzle-orm';
import { permissionDenial, type Actor } from '#shared/domain/ownership.ts';
import { linkFrom } from '#server/db/invitations.ts';
import { members } from '#server/db/schema.ts';

/** Whether a person gives duties and invites, anywhere they are looked at. */
export const managesPeople = (reader: Actor): boolean =>
  reader.admin || permissionDenial('managePeople', reader) === null;

/** Beside `members`: the name of whoever handed them their link. */
export const memberLinkFrom = sql<string | null>`${linkFrom(members.organisationId, members.personId)} ->> 'name'`;

/** A member as a reader sees them: addresses are for those who manage people, and one's own. */
export const asSeenBy =
  (reader: Actor) =>
  <M extends { id: string; email: string }>(member: M): Omit<M, 'email'> & { email: string | null } => ({
    ...member,
    email: managesPeople(reader) || member.id === reader.id ? member.email : null,
  });
