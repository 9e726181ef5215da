import type { Config } from '#server/config.ts';
import type { Database } from './client.ts';
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
    await database.close();
    throw error;
  }
}
