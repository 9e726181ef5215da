import { logError } from '#server/log.ts';
import { eq } from 'drizzle-orm';
import type { Services } from '#server/commands/command.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { imports } from '#server/db/schema.ts';
import { Unreadable } from '#server/imports/readers/unreadable.ts';
import { createImported } from '#server/imports/create-imported.ts';
import type { ExclusiveWork } from '#server/cluster/exclusive-work.ts';
import { abandonImport } from '#server/imports/examine-import.ts';

/**
 * After a start, and after the loss of another process: continues imports that were being applied, and ends dry runs
 * whose file was lost with their process. Leaves the work of other running processes to them.
 */
export async function resumeImports(services: Services & { work: ExclusiveWork }): Promise<void> {
  await endLostChecks(services);
  await resumeApplying(services);
}

async function endLostChecks({ db, work }: Services & { work: ExclusiveWork }): Promise<void> {
  for (const { id } of await importsIn(db, 'checking')) {
    await work
      .runExclusive(`check ${id}`, () => abandonImport(db, id, new Unreadable('server.restarted')))
      .catch((error: unknown) => logError(`import ${id} stopped`, error));
  }
}

/** Continues imports that were being applied, for example when the database became unavailable. */
export async function resumeApplying(services: Services & { work: ExclusiveWork }): Promise<void> {
  for (const { id } of await importsIn(services.db, 'applying')) {
    await services.work
      .runExclusive(`apply ${id}`, () => createImported(services, id))
      .catch((error: unknown) => {
        // The caller retries when the database is back.
        if (isUnavailable(error)) throw error;
        logError(`import ${id} stopped`, error);
      });
  }
}

const importsIn = (db: Services['db'], state: 'checking' | 'applying') =>
  db.select({ id: imports.id }).from(imports).where(eq(imports.state, state));
