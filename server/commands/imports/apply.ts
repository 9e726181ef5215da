import { eq } from 'drizzle-orm';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { imports } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Stale } from '../errors.ts';
import { requireScopeAccess } from '../records/load.ts';

/**
 * Decides that the good rows of a checked import become records; `createImported` then creates them. Throws NotFound,
 * Forbidden, and Stale for an import that is not waiting to be applied.
 */
export const applyImport = command(
  'apply-import',
  async (ctx, input: { import: string }): Promise<{ import: string }> => {
    const [row] = await ctx.tx.select().from(imports).where(eq(imports.id, input.import)).for('update');
    if (!row) throw new NotFound('import');
    const { actor } = await requireScopeAccess(ctx, row.scopeId);
    assertAllowed(permissionDenial('createRecords', actor));
    if (row.state !== 'checked') throw new Stale('import', row.state);
    await ctx.tx.update(imports).set({ state: 'applying' }).where(eq(imports.id, row.id));
    return { import: row.id };
  },
);
