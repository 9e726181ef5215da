import type { ImportKind } from '#shared/contract/import.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { imports } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed } from '../errors.ts';
import { requireScopeAccess } from '../records/load.ts';

interface Input {
  scope: string;
  file: string;
  kind: ImportKind;
}

/** Accepts a file for its dry run; `examineImport` then determines what it would do. Throws NotFound, Forbidden. */
export const checkImport = command('check-import', async (ctx, input: Input): Promise<{ import: string }> => {
  const { scope, actor } = await requireScopeAccess(ctx, input.scope);
  assertAllowed(permissionDenial('createRecords', actor));
  const [row] = await ctx.tx
    .insert(imports)
    .values({
      scopeId: scope.id,
      personId: actor.id,
      file: input.file,
      kind: input.kind,
      state: 'checking',
      at: ctx.now,
    })
    .returning({ id: imports.id });
  return { import: row!.id };
});
