import { and, eq, inArray } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { adminDenial } from '#shared/domain/ownership.ts';
import { membershipOf } from '#server/db/access.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { members, operations, scopeDuties, scopes, sessions } from '#server/db/schema.ts';
import { noteDeparture } from '#server/db/departures.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Refused } from '../errors.ts';
import { revokeInvitationsBy } from './revoke-invitation.ts';

interface Input {
  organisation: string;
  person: string;
  /** The person who takes over the open work, as far as they may have it; null: nobody. */
  successor?: string | null;
}

/**
 * Ends a membership with all its duties, and revokes the invitations that the person created; a job then hands over the
 * open work. A person who no longer belongs to any organisation is signed out, and their stored answers are deleted.
 * Throws NotFound, Forbidden, and Refused for oneself.
 */
export const removePerson = command('remove-person', async (ctx, input: Input): Promise<{ person: string }> => {
  const membership = ctx.actor && (await membershipOf(ctx.tx, ctx.actor.id, input.organisation));
  if (!membership) throw new NotFound('organisation');
  assertAllowed(adminDenial(membership));
  if (!(await membershipOf(ctx.tx, input.person, input.organisation))) throw new NotFound('person');
  if (input.successor && !(await membershipOf(ctx.tx, input.successor, input.organisation)))
    throw new NotFound('successor');
  if (input.person === ctx.actor!.id) throw new Refused([notOneself]);
  const theirs = ctx.tx.select({ id: scopes.id }).from(scopes).where(eq(scopes.organisationId, input.organisation));
  const ended = await ctx.tx
    .delete(scopeDuties)
    .where(and(eq(scopeDuties.personId, input.person), inArray(scopeDuties.scopeId, theirs)))
    .returning();
  await ctx.tx
    .delete(members)
    .where(and(eq(members.organisationId, input.organisation), eq(members.personId, input.person)));
  await revokeInvitationsBy(ctx, input.organisation, input.person);
  await forgetOutsider(ctx.tx, input.person);
  for (const scope of new Set(ended.map(({ scopeId }) => scopeId))) {
    const before = ended.filter(({ scopeId }) => scopeId === scope).map(({ duty }) => duty);
    await noteDeparture(ctx.tx, {
      scope,
      person: input.person,
      successor: input.successor ?? null,
      by: ctx.actor!.id,
      at: ctx.now,
    });
    ctx.record({ trail: scope, kind: 'duties.changed', body: { person: input.person, before, after: [] } });
  }
  ctx.record({ trail: input.organisation, kind: 'person.removed', body: { person: input.person } });
  return { person: input.person };
});

/** The event closes their sockets; they reconnect signed out. */
async function forgetOutsider(tx: Tx, person: string): Promise<void> {
  const [left] = await tx.select().from(members).where(eq(members.personId, person)).limit(1);
  if (left) return;
  await tx.delete(sessions).where(eq(sessions.userId, person));
  await tx.delete(operations).where(eq(operations.personId, person));
}

/** M06. */
const notOneself: Finding = {
  rule: 'M06',
  key: 'person.oneself',
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
};
