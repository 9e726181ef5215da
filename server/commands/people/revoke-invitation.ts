import { and, eq, isNull } from 'drizzle-orm';
import { membershipOf } from '#server/db/access.ts';
import { inviteDenial } from '#server/db/invitations.ts';
import { invitations } from '#server/db/schema.ts';
import { command, type CommandContext } from '../command.ts';
import { assertAllowed, NotFound } from '../errors.ts';

interface Input {
  organisation: string;
  invitation: string;
}

const open = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** Revokes a pending invitation; requires the same permission as inviting. Throws NotFound, Forbidden. */
export const revokeInvitation = command(
  'revoke-invitation',
  async (ctx, { organisation, invitation: id }: Input): Promise<{ invitation: string }> => {
    const actor = ctx.actor!.id;
    if (!(await membershipOf(ctx.tx, actor, organisation))) throw new NotFound('organisation');
    const [invitation] = await ctx.tx
      .select()
      .from(invitations)
      .where(and(eq(invitations.id, id), eq(invitations.organisationId, organisation), open))
      .for('update');
    if (!invitation) throw new NotFound('invitation');
    assertAllowed(await inviteDenial(ctx.tx, actor, invitation));
    await revoke(ctx, organisation, eq(invitations.id, id));
    return { invitation: id };
  },
);

/** Revokes the pending invitations that a person created: they do not outlast the membership. */
export async function revokeInvitationsBy(ctx: CommandContext, organisation: string, person: string): Promise<void> {
  await revoke(ctx, organisation, eq(invitations.invitedBy, person));
}

async function revoke(ctx: CommandContext, organisation: string, which: ReturnType<typeof eq>): Promise<void> {
  const revoked = await ctx.tx
    .update(invitations)
    .set({ revokedAt: ctx.now, revokedBy: ctx.actor!.id })
    .where(and(which, eq(invitations.organisationId, organisation), open))
    .returning({ id: invitations.id, email: invitations.email });
  for (const { id, email } of revoked) {
    ctx.record({ trail: organisation, kind: 'invitation.revoked', body: { invitation: id, email } });
  }
}
