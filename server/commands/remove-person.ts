import { and, eq, inArray } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { mayAdminister } from '#shared/domain/ownership.ts';
import { membershipOf } from '#server/db/access.ts';
import type { Tx } from '#server/db/client.ts';
import { members, operations, scopeDuties, scopes, sessions } from '#server/db/schema.ts';
import { noteDeparture } from '#server/db/departures.ts';
import { command } from './command.ts';
import { allow, NotFound, Refused } from './errors.ts';
import { revokeInvitationsBy } from './revoke-invitation.ts';

interface Input {
  organisation: string;
  person: string;
  /** Who gets the open work that they may have; null: nobody. */
  successor?: string | null;
}

/**
 * Ends a membership with every duty that hangs on it, and revokes what the person invited; a job then
 * hands over the open work. Whoever belongs to no
 * organisation any more is signed out, and no operation of theirs answers again. Throws NotFound, Forbidden, and Refused for oneself.
 */
export const removePerson = command('remove-person', async (act, input: Input): Promise<{ person: string }> => {
  const membership = act.actor && (await membershipOf(act.tx, act.actor.id, input.organisation));
  if (!membership) throw new NotFound('organisation');
  allow(mayAdminister(membership));
  if (!(await membershipOf(act.tx, input.person, input.organisation))) throw new NotFound('person');
  if (input.successor && !(await membershipOf(act.tx, input.successor, input.organisation)))
    throw new NotFound('successor');
  if (input.person === act.actor!.id) throw new Refused([notOneself]);
  const theirs = act.tx.select({ id: scopes.id }).from(scopes).where(eq(scopes.organisationId, input.organisation));
  const ended = await act.tx
    .delete(scopeDuties)
    .where(and(eq(scopeDuties.personId, input.person), inArray(scopeDuties.scopeId, theirs)))
    .returning();
  await act.tx
    .delete(members)
    .where(and(eq(members.organisationId, input.organisation), eq(members.personId, input.person)));
  await revokeInvitationsBy(act, input.organisation, input.person);
  await forgetOutsider(act.tx, input.person);
  for (const scope of new Set(ended.map(({ scopeId }) => scopeId))) {
    const before = ended.filter(({ scopeId }) => scopeId === scope).map(({ duty }) => duty);
    await noteDeparture(act.tx, {
      scope,
      person: input.person,
      successor: input.successor ?? null,
      by: act.actor!.id,
      at: act.now,
    });
    act.record({ trail: scope, kind: 'duties.changed', body: { person: input.person, before, after: [] } });
  }
  act.record({ trail: input.organisation, kind: 'person.removed', body: { person: input.person } });
  return { person: input.person };
});

/** Their sockets end with the event, and come back as nobody's. */
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
