import { logError } from '#server/log.ts';
import { eq } from 'drizzle-orm';
import type { Services } from '#server/commands/command.ts';
import { imports } from '#server/db/schema.ts';
import { createImported } from '#server/imports/create-imported.ts';
import type { Work } from '#server/processes/work.ts';
import { giveUp } from '#server/imports/examine-import.ts';

/**
 * After a start, and when another process is gone: goes on with imports that were being applied; a dry run whose file is
 * gone with the process says so. What another process is at stays with it.
 */
export async function resumeImports(services: Services & { work: Work }): Promise<void> {
  const { db, work } = services;
  const inState = (state: 'checking' | 'applying') =>
    db.select({ id: imports.id }).from(imports).where(eq(imports.state, state));
  const [lost, halfway] = await Promise.all([inState('checking'), inState('applying')]);
  for (const { id } of lost) {
    await work.alone(`check ${id}`, () =>
      giveUp(db, id, 'the server was started anew while it read it. Hand it in again.'),
    );
  }
  for (const { id } of halfway) {
    await work
      .alone(`apply ${id}`, () => createImported(services, id))
      .catch((error: unknown) => logError(`import ${id} stopped`, error));
  }
}
