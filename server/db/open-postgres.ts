import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { DatabaseUnusable, drizzleConfig, type Database } from './client.ts';

/** Connects to a PostgreSQL server. Throws DatabaseUnusable when it is away or refuses. */
export async function openPostgres(url: string): Promise<Database> {
  const client = postgres(url, { max: 10, connect_timeout: 5, onnotice: () => {} });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 1 });
    const { host, pathname } = new URL(url);
    throw new DatabaseUnusable(
      `The database ${pathname.slice(1)} at ${host} cannot be reached: ${(error as Error).message}. Check DATABASE_URL and that PostgreSQL runs.`,
    );
  }
  return { db: drizzle(preparing(client), drizzleConfig), kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}

/**
 * Drizzle asks for a prepared statement only where a query has a name. One that is not prepared is planned anew each
 * time, takes two round trips instead of one, and none can be sent before the last one is answered.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const { begin } = client;
  const transaction = (run: (tx: postgres.TransactionSql) => unknown) => begin((tx) => run(prepared(tx)));
  return Object.assign(prepared(client), { begin: transaction });
}

function prepared<Client extends postgres.ISql>(client: Client): Client {
  const { unsafe } = client;
  const prepare: typeof unsafe = (text, values, options) => unsafe(text, values, { ...options, prepare: keeps(text) });
  return Object.assign(client, { unsafe: prepare });
}

/** Whether a statement comes again just so, and one plan suits whatever it is asked for. */
const keeps = (text: string) => text.length < 4096 && !text.includes(' like ');
