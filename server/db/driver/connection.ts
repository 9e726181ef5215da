import { createConnection, type Socket } from 'node:net';
import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { DatabaseUnavailable, Ending } from './client.ts';

/** Rows, and the command tag of the statement that returned them. */
export type Rows = unknown[] & { command?: string };

export interface QueryOptions {
  /** Use a prepared statement: the connection keeps the plan. */
  prepare?: boolean;
  /** Return rows as arrays rather than objects. */
  asArrays?: boolean;
}

/** One connection to PostgreSQL. A lost connection is never reopened. */
export interface Connection {
  readonly isLost: boolean;
  /** Runs queries in the order in which they are sent. Rejects with DatabaseUnavailable when the connection is lost. */
  query(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<Rows>;
  /** Closes the connection after at most this many seconds and rejects queries that are unanswered by then. */
  close(seconds: number): Promise<void>;
}

export interface ConnectionEvents {
  onLost?: () => void;
  onNotification?: (channel: string, payload: string) => void;
}

/** Seconds after which a server that does not answer counts as unavailable. */
const connectTimeout = 5;

interface DriverOptions {
  host: string[];
  port: number[];
  path: string | false;
  ssl: unknown;
}

/** Opens a connection to the first host in the URL that answers. Throws DatabaseUnavailable. */
export async function openConnection(url: string, events: ConnectionEvents = {}): Promise<Connection> {
  for (let host = 0; ; host++) {
    const attempt = connectTo(url, host, events);
    try {
      return await attempt.connection;
    } catch (error) {
      if (host + 1 >= attempt.hosts) throw new DatabaseUnavailable(error);
    }
  }
}

/**
 * postgres.js reconnects a closed connection while queries and transactions still use it. It then writes to a socket
 * that is null, which ends the process (`nextWrite` in its connection.js). It leaves queries unanswered, and it runs
 * the rest of a dead transaction on the next connection, inside somebody else's transaction. Therefore each driver
 * instance here is one connection (`max: 1`) with one socket: the `socket` option provides the first socket and refuses
 * a second, and nothing is sent through the instance after its `onclose`. The driver's version is pinned exactly;
 * test/faults/connection.test.ts fails if another version behaves differently.
 */
function connectTo(url: string, host: number, { onLost, onNotification }: ConnectionEvents) {
  let isOpen = false;
  let isLost = false;
  let ending: Ending | null = null;
  let reason: unknown = new Error('the connection was closed');
  let hasSocket = false;
  let giveUp: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => (giveUp = reject));

  async function socket(options: DriverOptions): Promise<Socket> {
    try {
      if (hasSocket) throw reason;
      hasSocket = true;
      return await openSocket(options, host);
    } catch (error) {
      giveUp(error);
      throw error;
    }
  }

  const options = {
    max: 1,
    connect_timeout: connectTimeout,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    types,
    socket,
    onnotice: () => undefined,
    onnotify: onNotification,
    onclose: () => lose(reason),
  };
  const sql = postgres(url, options as postgres.Options<Record<string, never>>);

  function lose(error: unknown): void {
    isLost = true;
    reason = error;
    giveUp(error);
    // Rejects the queries that the driver has queued.
    void sql.end({ timeout: 0 });
    if (isOpen) onLost?.();
    isOpen = false;
  }

  const connection: Connection = {
    get isLost() {
      return isLost;
    },
    async query(text, values = [], { prepare = false, asArrays = false } = {}) {
      if (isLost) throw new DatabaseUnavailable(ending ?? reason);
      const query = sql.unsafe(text, values as never[], { prepare });
      try {
        return await (asArrays ? query.values() : query);
      } catch (error) {
        if (!isLost && isSocketError(error)) lose(error);
        throw isLost || ending ? new DatabaseUnavailable(ending ?? error) : error;
      }
    },
    async close(seconds) {
      ending = new Ending();
      await sql.end({ timeout: seconds });
      isLost = true;
    },
  };

  async function open(): Promise<Connection> {
    try {
      await Promise.race([connection.query('select 1'), failed]);
      isOpen = true;
      return connection;
    } catch (error) {
      lose(error);
      throw error;
    }
  }
  return { hosts: (sql.options.host as unknown as string[]).length, connection: open() };
}

function openSocket({ host: hosts, port: ports, path, ssl }: DriverOptions, index: number): Promise<Socket> {
  const host = hosts[index]!;
  const port = ports[index] ?? ports[0]!;
  const socket = path ? createConnection(path) : createConnection({ host, port });
  const tooLate = () => socket.destroy(new Error(`no answer within ${connectTimeout} seconds`));
  const timer = setTimeout(tooLate, connectTimeout * 1_000);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      // The driver reads the host name for certificate verification from the socket.
      resolve(Object.assign(socket, { host, ssl }));
    });
  });
}

/** The driver rejects its queries with the socket error shortly before it reports that the socket is closed. */
const isSocketError = (error: unknown) =>
  'syscall' in (error as Error) || /^(CONNECT|ERR_)/.test((error as NodeJS.ErrnoException).code ?? '');

const asText = { parse: (text: string) => text, serialize: (value: unknown) => value };
const arraysOf = (parseOne: (text: string) => unknown) => ({
  parse: (text: string) => parsePgArray(text).map(parseOne),
  serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
});

/**
 * The driver's parsers and serializers, by type OID: dates, times and JSON as Drizzle expects them, and the array types
 * in use (text, varchar, uuid, integer), which the driver would otherwise look up on each new connection.
 */
const types = Object.fromEntries([
  ...[1184, 1082, 1083, 1114, 1182, 1185, 1115, 1231].map((type) => [
    `text${type}`,
    { to: type, from: [type], ...asText },
  ]),
  ...[114, 3802].map((type) => [`json${type}`, { to: type, from: [], ...asText }]),
  ...[1009, 1015, 2951].map((type) => [`array${type}`, { to: type, from: [type], ...arraysOf(String) }]),
  ['array1007', { to: 1007, from: [1007], ...arraysOf(Number) }],
]);
