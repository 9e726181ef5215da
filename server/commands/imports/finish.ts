import { and, eq } from 'drizzle-orm';
import { imports } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** Marks an import as done and stores its results. Idempotent. */
export const finishImport = command(
  'finish-import',
  async (ctx, input: { import: string; created: number; known: number; bad: number }): Promise<null> => {
    const [row] = await ctx.tx
      .update(imports)
      .set({ state: 'applied' })
      .where(and(eq(imports.id, input.import), eq(imports.state, 'applying')))
      .returning();
    if (!row) return null;
    const { created, known, bad } = input;
    ctx.record({
      trail: row.scopeId,
      kind: 'import.applied',
      body: { import: row.id, file: row.file, created, known, bad },
    });
    return null;
  },
);
