import type { Config } from '#server/app/config.ts';
import { DatabaseUnusable, type Database } from './client.ts';
import { migrate } from './migrate.ts';

/** Opens the configured database and brings its schema up to date. Throws DatabaseUnusable. */
export async function openDatabase(config: Config['database']): Promise<Database> {
  const database =
    config.kind === 'postgres'
      ? await (await import('./open-postgres.ts')).openPostgres(config.url)
      : await (await import('./open-embedded.ts')).openEmbedded(config.folder);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close().catch(() => undefined);
    if (error instanceof DatabaseUnusable) throw error;
    throw unusable(config, error);
  }
}

/** The last error in the cause chain of a failed statement states the reason. */
function unusable(config: Config['database'], error: unknown): DatabaseUnusable {
  let reason = error as Error;
  while (reason.cause instanceof Error) reason = reason.cause;
  const what = config.kind === 'postgres' ? 'The database' : `The database in ${config.folder}`;
  return new DatabaseUnusable(
    `${what} cannot be brought up to date: ${reason.message}. Nothing was changed. Check its permissions and the space on its disk.`,
  );
}
