import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Duty } from '#shared/contract/duty.ts';
import type { Invitation } from '#shared/contract/person.ts';
import { accessToScope, membershipOf } from '#server/db/access.ts';
import { inviteDenial } from '#server/db/invitations.ts';
import { invitations, scopes } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound } from '../errors.ts';

const validDays = 14;

interface Input {
  organisation: string;
  email: string;
  admin: boolean;
  scope: string | null;
  duties: Duty[];
  /** The token in the link; only its hash is stored. */
  token: string;
  /** Whether the link is mailed to the address. */
  mailed: boolean;
}

export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Creates an invitation; its link works once, within 14 days. An administrator may invite anywhere; a lead only into
 * their own scope, and not as administrator. Throws NotFound, Forbidden.
 */
export const invitePerson = command('invite-person', async (ctx, input: Input): Promise<{ invitation: Invitation }> => {
  const inviter = ctx.actor!;
  const membership = await membershipOf(ctx.tx, inviter.id, input.organisation);
  if (!membership) throw new NotFound('organisation');
  const access = input.scope === null ? null : await accessToScope(ctx.tx, inviter.id, input.scope);
  if (input.scope !== null && access?.scope.organisationId !== input.organisation) throw new NotFound('scope');
  assertAllowed(
    await inviteDenial(ctx.tx, inviter.id, {
      organisationId: input.organisation,
      scopeId: input.scope,
      admin: input.admin,
    }),
  );
  const expiresAt = new Date(ctx.now.getTime() + validDays * 86_400_000);
  const [row] = await ctx.tx
    .insert(invitations)
    .values({
      organisationId: input.organisation,
      tokenHash: hashToken(input.token),
      email: input.email.toLowerCase(),
      admin: input.admin,
      scopeId: input.scope,
      duties: [...new Set(input.duties)],
      invitedBy: inviter.id,
      mailed: input.mailed,
      createdAt: ctx.now,
      expiresAt,
    })
    .returning({ id: invitations.id });
  ctx.record({
    trail: input.organisation,
    kind: 'person.invited',
    body: {
      invitation: row!.id,
      email: input.email,
      admin: input.admin,
      scope: input.scope,
      duties: input.duties,
      mailed: input.mailed,
    },
  });
  const [scope] = input.scope
    ? await ctx.tx
        .select({ id: scopes.id, name: scopes.name })
        .from(scopes)
        .where(and(eq(scopes.id, input.scope)))
    : [];
  return {
    invitation: {
      id: row!.id,
      email: input.email,
      admin: input.admin,
      scope: scope ?? null,
      duties: input.duties,
      invitedBy: inviter,
      expiresAt: expiresAt.toISOString(),
      acceptedAt: null,
      mailed: input.mailed,
      opens: true,
    },
  };
});
