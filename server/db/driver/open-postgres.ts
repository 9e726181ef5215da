import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { DatabaseUnavailable, DatabaseUnusable, drizzleConfig, type Database } from './client.ts';
import { openConnection, type Rows } from './connection.ts';
import { openPool } from './pool.ts';
import { inTransaction, type Query } from './transaction.ts';

const connections = 10;
/** Default number of seconds for which closing waits for running queries. */
const closeTimeout = 5;

/**
 * Connects to a PostgreSQL server. Throws DatabaseUnusable when the server is unreachable or refuses the connection.
 */
export async function openPostgres(url: string): Promise<Database> {
  const lossListeners: (() => void)[] = [];
  const pool = openPool(
    (onLost) =>
      openConnection(url, {
        onLost: () => {
          onLost();
          for (const then of lossListeners) then();
        },
      }),
    connections,
  );
  try {
    await pool.query('select 1', [], {});
  } catch (error) {
    await pool.close(0);
    const { host, pathname } = new URL(url);
    const reason = error instanceof DatabaseUnavailable ? error.reason : (error as Error).message;
    throw new DatabaseUnusable(
      `The database ${pathname.slice(1)} at ${host} cannot be reached: ${reason}. Check DATABASE_URL and that PostgreSQL runs.`,
    );
  }
  const client = {
    ...clientOn(pool.query),
    begin: (run: (client: Client) => Promise<unknown>) =>
      pool.withConnection((connection) => inTransaction(connection, (query) => run(clientOn(query)))),
  };
  return {
    db: drizzle(client as unknown as postgres.Sql, drizzleConfig),
    kind: 'postgres',
    onLost: (then) => void lossListeners.push(then),
    connect: (events) => openConnection(url, events),
    close: (seconds = closeTimeout) => pool.close(seconds),
  };
}

type Client = ReturnType<typeof clientOn>;

/**
 * The part of the postgres.js interface that Drizzle uses. Drizzle requests a prepared statement only for named
 * queries. An unprepared query is planned on each run, takes two round trips instead of one, and cannot be sent before
 * the previous query is answered.
 */
function clientOn(query: Query) {
  return {
    /** Drizzle registers here the types it parses itself. */
    options: { parsers: {}, serializers: {} },
    unsafe(text: string, values: readonly unknown[] = []) {
      const run = (asArrays: boolean) => query(text, values, { prepare: keepsPlan(text), asArrays });
      return { ...sentWhenAwaited(() => run(false)), values: () => sentWhenAwaited(() => run(true)) };
    },
  };
}

/** Both kinds of query are sent at the same point of an `await`, so that they run in the order of the code. */
const sentWhenAwaited = (send: () => Promise<Rows>) => ({
  // oxlint-disable-next-line unicorn/no-thenable
  then: (resolve: (rows: Rows) => unknown, reject: (error: unknown) => unknown) => send().then(resolve, reject),
});

/** Whether the same statement text is likely to recur and one plan suits all its parameter values. */
const keepsPlan = (text: string) => text.length < 4096 && !text.includes(' like ');
