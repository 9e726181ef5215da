import type { TestDatabase } from './database.ts';
import { onServer } from './database-template.ts';

/** Terminates connections of a test database like an administrator or a stopping server. Returns how many. */
export async function killConnections(
  { url }: Pick<TestDatabase, 'url'>,
  limit = 1_000,
  busy = false,
): Promise<number> {
  const which = busy ? "and state <> 'idle'" : '';
  const killed = await onServer(serverOf(url), (sql) =>
    sql.unsafe(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 ${which} order by random() limit $2`,
      [nameOf(url), limit],
    ),
  );
  return killed.length;
}

/** Makes the database unavailable and disconnects everybody, until `comeBack`. */
export async function goAway(database: Pick<TestDatabase, 'url'>): Promise<void> {
  await allow(database, false);
  await killConnections(database);
}

export const comeBack = (database: Pick<TestDatabase, 'url'>): Promise<void> => allow(database, true);

async function allow({ url }: Pick<TestDatabase, 'url'>, connections: boolean): Promise<void> {
  await onServer(serverOf(url), (sql) =>
    sql.unsafe(`alter database "${nameOf(url)}" allow_connections ${connections}`),
  );
}

const nameOf = (url: string | null) => new URL(url!).pathname.slice(1);

function serverOf(url: string | null): string {
  const server = new URL(url!);
  server.pathname = '/postgres';
  return server.href;
}
