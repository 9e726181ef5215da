import { sql } from 'drizzle-orm';
import { permissionDenial, type Actor } from '#shared/domain/ownership.ts';
import { linkFrom } from '#server/db/invitations.ts';
import { members } from '#server/db/schema.ts';

/** Whether a reader may assign duties and invite people; the same test in every view of members. */
export const managesPeople = (reader: Actor): boolean =>
  reader.admin || permissionDenial('managePeople', reader) === null;

/** For queries on `members`: the name of the person who gave them the link they joined by. */
export const memberLinkFrom = sql<string | null>`${linkFrom(members.organisationId, members.personId)} ->> 'name'`;

/** A member as a reader sees them: only people who manage people, and the member themselves, see the address. */
export const asSeenBy =
  (reader: Actor) =>
  <M extends { id: string; email: string }>(member: M): Omit<M, 'email'> & { email: string | null } => ({
    ...member,
    email: managesPeople(reader) || member.id === reader.id ? member.email : null,
  });
