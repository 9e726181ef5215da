import { and, eq, gt, isNull } from 'drizzle-orm';
import { inviteDenial } from '#server/db/invitations.ts';
import { invitations, members, people, scopeDuties } from '#server/db/schema.ts';
import { addPerson } from './add-person.ts';
import { command } from '../command.ts';
import { NotFound, Refused } from '../errors.ts';
import { hashToken } from './invite.ts';
import type { Finding } from '#shared/contract/finding.ts';

interface Input {
  token: string;
  /** Null for a person who is signed in. */
  newcomer: { name: string; password: string } | null;
}

/**
 * Accepts an invitation: its holder joins the organisation with the duties it names. A newcomer gets an account for the
 * invited e-mail address. Throws Refused if the address has an account and the actor is not signed in with it, and
 * NotFound for a link that was used or revoked, has expired, or was created by somebody who may no longer invite.
 */
export const acceptInvitation = command(
  'accept-invitation',
  async (ctx, { token, newcomer }: Input): Promise<{ organisation: string; person: string }> => {
    const usable = and(
      eq(invitations.tokenHash, hashToken(token)),
      isNull(invitations.acceptedAt),
      isNull(invitations.revokedAt),
      gt(invitations.expiresAt, ctx.now),
    );
    const [invitation] = await ctx.tx.select().from(invitations).where(usable).for('update');
    if (!invitation || (await inviteDenial(ctx.tx, invitation.invitedBy, invitation))) throw new NotFound('invitation');
    const [account] = await ctx.tx.select().from(people).where(eq(people.email, invitation.email));
    if (account ? ctx.actor?.id !== account.id : !newcomer) throw new Refused([signInFirst(invitation.email)]);
    const { organisationId, scopeId, admin, duties, mailed, invitedBy } = invitation;
    const person =
      account ?? (await addPerson(ctx.tx, { ...newcomer!, email: invitation.email, emailVerified: mailed }));

    const joined = await ctx.tx
      .insert(members)
      .values({ organisationId, personId: person.id, admin, joinedAt: ctx.now })
      .onConflictDoNothing()
      .returning({ person: members.personId });
    // A lead could open their own invitation as a second person, so the event records who invited them.
    const unproven = joined.length > 0 && !mailed;
    if (scopeId && duties.length > 0) {
      await ctx.tx
        .insert(scopeDuties)
        .values(duties.map((duty) => ({ scopeId, personId: person.id, duty })))
        .onConflictDoNothing();
      ctx.record({ trail: scopeId, kind: 'duties.changed', body: { person: person.id, before: [], after: duties } });
    }
    await ctx.tx
      .update(invitations)
      .set({ acceptedAt: ctx.now, acceptedBy: person.id, unproven })
      .where(eq(invitations.id, invitation.id));
    ctx.record({
      trail: organisationId,
      kind: 'person.joined',
      body: { person: person.id, name: person.name, invitation: invitation.id, invitedBy, verified: !unproven },
    });
    return { organisation: organisationId, person: person.id };
  },
);

/** M05. */
const signInFirst = (email: string): Finding => ({
  rule: 'M05',
  key: 'invitation.signIn',
  params: { email },
  severity: 'error',
  entry: null,
  mend: [],
});
