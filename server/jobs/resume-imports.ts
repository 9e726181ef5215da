import { eq } from 'drizzle-orm';
import type { Services } from '#server/commands/command.ts';
import { imports } from '#server/db/schema.ts';
import { createImported } from '#server/imports/create-imported.ts';
import { giveUp } from '#server/imports/examine-import.ts';

/** After a start: goes on with imports that were being applied; a dry run whose file is gone with the process says so. */
export async function resumeImports(services: Services): Promise<void> {
  const { db } = services;
  const inState = (state: 'checking' | 'applying') =>
    db.select({ id: imports.id }).from(imports).where(eq(imports.state, state));
  const [lost, halfway] = await Promise.all([inState('checking'), inState('applying')]);
  for (const { id } of lost) await giveUp(db, id, 'the server was started anew while it read it. Hand it in again.');
  for (const { id } of halfway) {
    await createImported(services, id).catch((error: unknown) => console.error(`import ${id} stopped`, error));
  }
}
