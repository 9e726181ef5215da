import { and, eq, isNull } from 'drizzle-orm';
import { membershipOf } from '#server/db/access.ts';
import { mayInvite } from '#server/db/invitations.ts';
import { invitations } from '#server/db/schema.ts';
import { command, type Act } from './command.ts';
import { allow, NotFound } from './errors.ts';

interface Input {
  organisation: string;
  invitation: string;
}

const open = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** Revokes a pending invitation; takes the same permission as inviting. Throws NotFound, Forbidden. */
export const revokeInvitation = command(
  'revoke-invitation',
  async (act, { organisation, invitation: id }: Input): Promise<{ invitation: string }> => {
    const actor = act.actor!.id;
    if (!(await membershipOf(act.tx, actor, organisation))) throw new NotFound('organisation');
    const [invitation] = await act.tx
      .select()
      .from(invitations)
      .where(and(eq(invitations.id, id), eq(invitations.organisationId, organisation), open))
      .for('update');
    if (!invitation) throw new NotFound('invitation');
    allow(await mayInvite(act.tx, actor, invitation));
    await revoke(act, organisation, eq(invitations.id, id));
    return { invitation: id };
  },
);

/** Revokes what a person has invited and nobody accepted: it does not outlast their membership. */
export async function revokeInvitationsBy(act: Act, organisation: string, person: string): Promise<void> {
  await revoke(act, organisation, eq(invitations.invitedBy, person));
}

async function revoke(act: Act, organisation: string, which: ReturnType<typeof eq>): Promise<void> {
  const revoked = await act.tx
    .update(invitations)
    .set({ revokedAt: act.now, revokedBy: act.actor!.id })
    .where(and(which, eq(invitations.organisationId, organisation), open))
    .returning({ id: invitations.id, email: invitations.email });
  for (const { id, email } of revoked) {
    act.record({ trail: organisation, kind: 'invitation.revoked', body: { invitation: id, email } });
  }
}
