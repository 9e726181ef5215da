import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { DatabaseUnavailable, DatabaseUnusable, drizzleConfig, type Database } from './client.ts';
import { openConnection, type Rows } from './connection.ts';
import { openPool } from './pool.ts';
import { inTransaction, type Query } from './transaction.ts';

const connections = 10;
/** Seconds for which closing waits for what is running, where nobody says otherwise. */
const closeTimeout = 5;

/** Connects to a PostgreSQL server. Throws DatabaseUnusable when it is away or refuses. */
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
 * As much of postgres.js as Drizzle uses. Drizzle asks for a prepared statement only where a query has a name. One that
 * is not prepared is planned anew each time, takes two round trips instead of one, and none can be sent before the last
 * one is answered.
 */
function clientOn(query: Query) {
  return {
    /** Drizzle says here which types it reads itself. */
    options: { parsers: {}, serializers: {} },
    unsafe(text: string, values: readonly unknown[] = []) {
      const run = (asArrays: boolean) => query(text, values, { prepare: keepsPlan(text), asArrays });
      return { ...sentWhenAwaited(() => run(false)), values: () => sentWhenAwaited(() => run(true)) };
    },
  };
}

/** Both kinds of query are sent at the same point of an `await`, so that they stay in the order they are written in. */
const sentWhenAwaited = (send: () => Promise<Rows>) => ({
  // oxlint-disable-next-line unicorn/no-thenable
  then: (resolve: (rows: Rows) => unknown, reject: (error: unknown) => unknown) => send().then(resolve, reject),
});

/** Whether a statement comes again just so, and one plan suits whatever it is asked for. */
const keepsPlan = (text: string) => text.length < 4096 && !text.includes(' like ');
