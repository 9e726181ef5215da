import { and, eq } from 'drizzle-orm';
import { absences } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { NotFound } from '../errors.ts';
import { lockMemberForAbsences, recordAbsenceChange } from './load-absences.ts';

interface Input {
  organisation: string;
  person: string;
  absence: string;
}

/** Removes an absence, whether future, current or past. Throws NotFound, Forbidden. */
export const removeAbsence = command('remove-absence', async (ctx, input: Input): Promise<{ absence: string }> => {
  await lockMemberForAbsences(ctx, input);
  const [row] = await ctx.tx
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
  await recordAbsenceChange(ctx, input, { before: { from: row.from, until: row.until }, after: null });
  return { absence: row.id };
});
