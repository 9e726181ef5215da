import { and, eq } from 'drizzle-orm';
import type { Duty } from '#shared/contract/duty.ts';
import { permissionDenial, adminDenial } from '#shared/domain/ownership.ts';
import { dutiesIn, membershipOf } from '#server/db/access.ts';
import { noteDeparture } from '#server/db/departures.ts';
import { scopeDuties } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Stale } from '../errors.ts';
import { requireScopeAccess } from '../records/load.ts';

interface Input {
  scope: string;
  person: string;
  from: Duty[];
  to: Duty[];
  /** If the last duty ends: the person who takes over the open work, as far as they may have it; null: nobody. */
  successor?: string | null;
}

/**
 * Sets which duties a member may be given in a scope. Duties that they already have on records stay until they are
 * reassigned, unless their last duty ends: then a job hands them over. Throws NotFound, Forbidden, Stale.
 */
export const setDuties = command('set-duties', async (ctx, input: Input): Promise<{ duties: Duty[] }> => {
  const { scope, actor } = await requireScopeAccess(ctx, input.scope);
  if (adminDenial(actor)) assertAllowed(permissionDenial('managePeople', actor));
  if (!(await membershipOf(ctx.tx, input.person, scope.organisationId))) throw new NotFound('person');
  const before = (await dutiesIn(ctx.tx, input.person, scope.id)).sort();
  const after = [...new Set(input.to)].sort();
  if (before.join() !== [...input.from].sort().join()) throw new Stale('duties', before);
  const condition = and(eq(scopeDuties.scopeId, scope.id), eq(scopeDuties.personId, input.person));
  await ctx.tx.delete(scopeDuties).where(condition);
  if (after.length > 0) {
    await ctx.tx.insert(scopeDuties).values(after.map((duty) => ({ scopeId: scope.id, personId: input.person, duty })));
  }
  if (after.length === 0 && before.length > 0) {
    const { person, successor = null } = input;
    if (successor && (await dutiesIn(ctx.tx, successor, scope.id)).length === 0) throw new NotFound('successor');
    await noteDeparture(ctx.tx, { scope: scope.id, person, successor, by: actor.id, at: ctx.now });
  }
  ctx.record({ trail: scope.id, kind: 'duties.changed', body: { person: input.person, before, after } });
  return { duties: after };
});
