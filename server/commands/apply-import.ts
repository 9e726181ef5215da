import { eq } from 'drizzle-orm';
import { mayAct } from '#shared/domain/ownership.ts';
import { imports } from '#server/db/schema.ts';
import { command } from './command.ts';
import { allow, NotFound, Stale } from './errors.ts';
import { openScope } from './open-record.ts';

/**
 * Decides that the good rows of a checked import become records; `createImported` then makes them. Throws NotFound,
 * Forbidden, and Stale for an import that is not waiting to be applied.
 */
export const applyImport = command(
  'apply-import',
  async (act, input: { import: string }): Promise<{ import: string }> => {
    const [row] = await act.tx.select().from(imports).where(eq(imports.id, input.import)).for('update');
    if (!row) throw new NotFound('import');
    const { actor } = await openScope(act, row.scopeId);
    allow(mayAct('createRecords', actor));
    if (row.state !== 'checked') throw new Stale('import', row.state);
    await act.tx.update(imports).set({ state: 'applying' }).where(eq(imports.id, row.id));
    return { import: row.id };
  },
);
