import type { Absence, AbsentDays } from '#shared/contract/absence.ts';
import { absenceDenial } from '#shared/domain/assignment.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { absencesOf } from '#server/db/absences.ts';
import { absences } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { Refused } from '../errors.ts';
import { lockMemberForAbsences, recordAbsenceChange } from './load-absences.ts';

type Input = AbsentDays & { organisation: string; person: string };

/** Records the days on which a member is away. Throws NotFound, Forbidden, and Refused for an invalid period [M28]. */
export const recordAbsence = command('record-absence', async (ctx, input: Input): Promise<{ absence: Absence }> => {
  await lockMemberForAbsences(ctx, input);
  const { organisation, person, from, until } = input;
  const today = await todayIn(ctx.tx, organisation, ctx.now);
  const others = await absencesOf(ctx.tx, organisation, person, today);
  const trouble = absenceDenial({ from, until }, others, today);
  if (trouble) throw new Refused([trouble]);
  const [row] = await ctx.tx
    .insert(absences)
    .values({ organisationId: organisation, personId: person, from, until })
    .returning({ id: absences.id });
  await recordAbsenceChange(ctx, input, { before: null, after: { from, until } });
  return { absence: { id: row!.id, from, until } };
});
