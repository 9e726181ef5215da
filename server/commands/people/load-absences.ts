import { and, eq } from 'drizzle-orm';
import type { AbsentDays } from '#shared/contract/absence.ts';
import { permissionDenial, adminDenial } from '#shared/domain/ownership.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { members } from '#server/db/schema.ts';
import type { CommandContext } from '../command.ts';
import { assertAllowed, NotFound } from '../errors.ts';
import { trailsAround } from './trails-around.ts';

interface Whose {
  organisation: string;
  person: string;
}

/**
 * Locks a member while their absences change, so that two concurrent changes see each other. Everybody may record their
 * own absences; only a lead or an administrator may record those of others. Throws NotFound, Forbidden.
 */
export async function lockMemberForAbsences(ctx: CommandContext, { organisation, person }: Whose): Promise<void> {
  const actor = ctx.actor && (await actorInOrganisation(ctx.tx, ctx.actor.id, organisation));
  if (!actor) throw new NotFound('organisation');
  const [member] = await ctx.tx
    .select({ id: members.personId })
    .from(members)
    .where(and(eq(members.organisationId, organisation), eq(members.personId, person)))
    .for('update');
  if (!member) throw new NotFound('person');
  if (person !== actor.id && adminDenial(actor)) assertAllowed(permissionDenial('recordAbsences', actor));
}

/** Records the change on the organisation's trail and on the trail of every scope in which the person has a duty. */
export async function recordAbsenceChange(
  ctx: CommandContext,
  { organisation, person }: Whose,
  change: { before: AbsentDays | null; after: AbsentDays | null },
): Promise<void> {
  for (const trail of await trailsAround(ctx.tx, organisation, person)) {
    ctx.record({ trail, kind: 'absence.changed', body: { person, ...change } });
  }
}
