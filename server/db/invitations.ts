import { sql, type SQLWrapper } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { permissionDenial, adminDenial } from '#shared/domain/ownership.ts';
import { accessToScope, membershipOf } from './access.ts';
import type { Db, Tx } from './driver/client.ts';
import { invitations, people } from './schema.ts';

/** The target of an invitation. */
export type InvitedTo = Pick<typeof invitations.$inferSelect, 'organisationId' | 'scopeId' | 'admin'>;

/**
 * Returns the denial for creating or revoking such an invitation; null: the person may. Administrators may invite
 * anywhere. Leads may invite into their own scope, but not as administrator.
 */
export async function inviteDenial(tx: Db | Tx, person: string, to: InvitedTo): Promise<Finding | null> {
  const membership = await membershipOf(tx, person, to.organisationId);
  if (membership?.admin) return null;
  const access = membership && to.scopeId !== null ? await accessToScope(tx, person, to.scopeId) : null;
  return access && !to.admin ? permissionDenial('managePeople', access.actor) : adminDenial({ admin: false });
}

/**
 * A member who joined by a link from another person and whose address is unproven, with the inviter, as `Unproven` of
 * the facts; null for everybody else. With `by`: null also unless the inviter is this person.
 */
export const unproven = (organisation: SQLWrapper, person: SQLWrapper, by?: SQLWrapper) =>
  sql`(select jsonb_build_object('name', invited.name, 'inviter', linked.inviter)
    from ${people} as invited, (select ${linkFrom(organisation, person)} as inviter) as linked
    where invited.id = ${person} and linked.inviter is not null
      ${by ? sql`and linked.inviter ->> 'id' = ${by}::text` : sql``})`;

/** The person who gave a member the link they joined by, while no mail has proved the address; otherwise null. */
export const linkFrom = (organisation: SQLWrapper, person: SQLWrapper) =>
  sql`(select jsonb_build_object('id', inviter.id, 'name', inviter.name)
    from ${invitations} as given join ${people} as inviter on inviter.id = given.invited_by
    where given.accepted_by = ${person} and given.organisation_id = ${organisation} and given.unproven
      and not exists (select 1 from ${invitations} as proof where proof.accepted_by = given.accepted_by
        and proof.organisation_id = given.organisation_id and proof.mailed)
    order by given.accepted_at limit 1)`;
