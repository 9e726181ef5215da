import { and, eq } from 'drizzle-orm';
import { absences } from '#server/db/schema.ts';
import { command } from './command.ts';
import { NotFound } from './errors.ts';
import { openAbsences, tellAbsence } from './open-absences.ts';

interface Input {
  organisation: string;
  person: string;
  absence: string;
}

/** Takes an absence away, whether it is coming, going on or over. Throws NotFound, Forbidden. */
export const removeAbsence = command('remove-absence', async (act, input: Input): Promise<{ absence: string }> => {
  await openAbsences(act, input);
  const [row] = await act.tx
    .delete(absences)
    .where(
      and(
        eq(absences.id, input.absence),
        eq(absences.organisationId, input.organisation),
        eq(absences.personId, input.person),
      ),
    )
    .returning();
  if (!row) throw new NotFound('absence');
  await tellAbsence(act, input, { before: { from: row.from, until: row.until }, after: null });
  return { absence: row.id };
});
