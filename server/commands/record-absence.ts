import type { Absence, AbsentDays } from '#shared/contract/absence.ts';
import { absenceTrouble } from '#shared/domain/handing.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { absencesOf } from '#server/db/absences.ts';
import { absences } from '#server/db/schema.ts';
import { command } from './command.ts';
import { Refused } from './errors.ts';
import { openAbsences, tellAbsence } from './open-absences.ts';

type Input = AbsentDays & { organisation: string; person: string };

/** Says on which days a member is away. Throws NotFound, Forbidden, and Refused for days that make no absence [M28]. */
export const recordAbsence = command('record-absence', async (act, input: Input): Promise<{ absence: Absence }> => {
  await openAbsences(act, input);
  const { organisation, person, from, until } = input;
  const today = await todayIn(act.tx, organisation, act.now);
  const others = await absencesOf(act.tx, organisation, person, today);
  const trouble = absenceTrouble({ from, until }, others, today);
  if (trouble) throw new Refused([trouble]);
  const [row] = await act.tx
    .insert(absences)
    .values({ organisationId: organisation, personId: person, from, until })
    .returning({ id: absences.id });
  await tellAbsence(act, input, { before: null, after: { from, until } });
  return { absence: { id: row!.id, from, until } };
});
