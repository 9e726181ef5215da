import type { ImportKind } from '#shared/contract/import.ts';
import { mayAct } from '#shared/domain/ownership.ts';
import { imports } from '#server/db/schema.ts';
import { command } from './command.ts';
import { allow } from './errors.ts';
import { openScope } from './open-record.ts';

interface Input {
  scope: string;
  file: string;
  kind: ImportKind;
}

/** Takes a file in for its dry run; what it would do is found out by `examineImport`. Throws NotFound, Forbidden. */
export const checkImport = command('check-import', async (act, input: Input): Promise<{ import: string }> => {
  const { scope, actor } = await openScope(act, input.scope);
  allow(mayAct('createRecords', actor));
  const [row] = await act.tx
    .insert(imports)
    .values({
      scopeId: scope.id,
      personId: actor.id,
      file: input.file,
      kind: input.kind,
      state: 'checking',
      at: act.now,
    })
    .returning({ id: imports.id });
  return { import: row!.id };
});
