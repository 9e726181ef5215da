import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { DatabaseUnusable, drizzleConfig, type Database } from './client.ts';
import { claimFolder } from './claim-folder.ts';

/** Opens the embedded database in a folder of its own. Throws DatabaseUnusable when another process holds the folder. */
export async function openEmbedded(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const release = await claimFolder(folder);
  try {
    const client = await PGlite.create({ dataDir: `${folder}/pg`, extensions: { pg_trgm } });
    return {
      db: drizzle(client, drizzleConfig),
      kind: 'embedded',
      close: async () => {
        await client.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw new DatabaseUnusable(
      `The data folder ${folder} cannot be opened: ${(error as Error).message}. Check its permissions, or name another folder in DATA_DIR.`,
    );
  }
}
