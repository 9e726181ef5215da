import { and, eq, gt, isNull } from 'drizzle-orm';
import { invitations, members, people, scopeDuties } from '#server/db/schema.ts';
import { addPerson } from './add-person.ts';
import { command } from './command.ts';
import { NotFound, Refused } from './errors.ts';
import { hashToken } from './invite-person.ts';
import type { Finding } from '#shared/contract/finding.ts';

interface Input {
  token: string;
  /** Left out by a person who is signed in. */
  newcomer: { name: string; password: string } | null;
}

/**
 * Spends an invitation: its holder joins the organisation with the duties it names. A newcomer gets an account for the
 * invited e-mail; somebody who has one has to be signed in with it. Throws NotFound for a spent or outdated link.
 */
export const acceptInvitation = command(
  'accept-invitation',
  async (act, { token, newcomer }: Input): Promise<{ organisation: string; person: string }> => {
    const usable = and(
      eq(invitations.tokenHash, hashToken(token)),
      isNull(invitations.acceptedAt),
      gt(invitations.expiresAt, act.now),
    );
    const [invitation] = await act.tx.select().from(invitations).where(usable).for('update');
    if (!invitation) throw new NotFound('invitation');
    const [known] = await act.tx.select().from(people).where(eq(people.email, invitation.email));
    if (known ? act.actor?.id !== known.id : !newcomer) throw new Refused([signInFirst(invitation.email)]);
    const person = known ?? (await addPerson(act.tx, { ...newcomer!, email: invitation.email }));

    const { organisationId, scopeId, admin, duties } = invitation;
    await act.tx
      .insert(members)
      .values({ organisationId, personId: person.id, admin, joinedAt: act.now })
      .onConflictDoNothing();
    if (scopeId && duties.length > 0) {
      await act.tx
        .insert(scopeDuties)
        .values(duties.map((duty) => ({ scopeId, personId: person.id, duty })))
        .onConflictDoNothing();
      act.record({ trail: scopeId, kind: 'duties.changed', body: { person: person.id, before: [], after: duties } });
    }
    await act.tx
      .update(invitations)
      .set({ acceptedAt: act.now, acceptedBy: person.id })
      .where(eq(invitations.id, invitation.id));
    act.record({
      trail: organisationId,
      kind: 'person.joined',
      body: { person: person.id, name: person.name, invitation: invitation.id },
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
