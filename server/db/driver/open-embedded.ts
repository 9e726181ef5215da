import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { DatabaseUnusable, drizzleConfig, type Database, type Db } from './client.ts';
import { keepPrivate, makePrivateFolder } from './private-folder.ts';
import { lockFolder } from './lock-folder.ts';

/**
 * Opens the embedded database in its own folder, which only the owner can read. Throws DatabaseUnusable when another
 * process has locked the folder, or when the folder cannot be used.
 */
export async function openEmbedded(folder: string): Promise<Database> {
  let unlock: (() => void) | undefined;
  // PostgreSQL in WebAssembly creates files that everybody can read.
  process.umask(0o077);
  try {
    await makePrivateFolder(folder);
    unlock = await lockFolder(folder);
    await keepPrivate(folder);
    const client = await PGlite.create({ dataDir: `${folder}/pg`, ...embedded });
    await keepPrivate(folder);
    const close = async () => {
      await client.close();
      unlock?.();
    };
    return { db: dbOn(client), kind: 'embedded', close };
  } catch (error) {
    unlock?.();
    if (error instanceof DatabaseUnusable) throw error;
    throw folderUnusable(folder, error);
  }
}

const folderUnusable = (folder: string, error: unknown) =>
  new DatabaseUnusable(
    `The data folder ${folder} cannot be used: ${reasonOf(error)}. Check its permissions and the space on its disk, or name another folder in DATA_DIR.`,
  );

/** WebAssembly fails with an exit status or an error number rather than a message. */
function reasonOf(error: unknown): string {
  const { message, errno } = error as NodeJS.ErrnoException;
  return message || (errno ? `error ${errno} of the file system` : 'its files cannot be written');
}

/** Types that stay unparsed text; Drizzle parses them. */
const asTheyCome = [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE];

/** Options for every embedded database, including those of the tests. */
export const embedded = {
  extensions: { pg_trgm },
  parsers: Object.fromEntries(asTheyCome.map((type) => [type, (text: string) => text])),
};

/**
 * Drizzle passes its parsers with every query, and PGlite then merges them with about a hundred others, which costs
 * more than a small query. PGlite receives the parsers once, when it is opened, so this removes them from each query.
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
