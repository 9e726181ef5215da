import { mkdir } from 'node:fs/promises';
import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { DatabaseUnusable, drizzleConfig, type Database, type Db } from './client.ts';
import { claimFolder } from './claim-folder.ts';

/** Opens the embedded database in a folder of its own. Throws DatabaseUnusable when another process holds the folder. */
export async function openEmbedded(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const release = await claimFolder(folder);
  try {
    const client = await PGlite.create({ dataDir: `${folder}/pg`, ...embedded });
    return {
      db: dbOn(client),
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

/** Moments stay the text they come as; Drizzle reads them. */
const asTheyCome = [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE];

/** How every embedded database is opened, those of the tests too. */
export const embedded = {
  extensions: { pg_trgm },
  parsers: Object.fromEntries(asTheyCome.map((type) => [type, (text: string) => text])),
};

/**
 * Drizzle names its parsers with every query, and PGlite then copies some hundred others to go with them, which costs
 * more than a small query. It was told once, when it was opened.
 */
export function dbOn(client: PGlite): Db {
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  client.transaction = (run) => transaction((tx) => run(withoutParsers(tx)));
  return drizzle(withoutParsers(client), drizzleConfig);
}

function withoutParsers<Client extends Pick<Transaction, 'query'>>(client: Client): Client {
  const query: Transaction['query'] = client.query.bind(client);
  client.query = (text, values, { parsers: _, ...options } = {}) => query(text, values, options);
  return client;
}
