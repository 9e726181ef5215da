import type { Connection, ConnectionEvents } from './connection.ts';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** PostgreSQL and the embedded PGlite behind one type. */
export type Db = PgDatabase<PgQueryResultHKT>;
/** A transaction, or a database where none is needed. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  db: Db;
  kind: 'postgres' | 'embedded';
  /** PostgreSQL only. Called when a connection is lost: what was being committed on it may be done or not. */
  onLost?(then: () => void): void;
  /** PostgreSQL only. A connection of one's own. */
  connect?(events: ConnectionEvents): Promise<Connection>;
  /** Waits for what is running; on PostgreSQL up to so many seconds. */
  close(seconds?: number): Promise<void>;
}

/** A database that cannot be used. Its message is the one sentence the person who starts the server reads. */
export class DatabaseUnusable extends Error {}

/** The database does not answer at the moment; what was being committed may be done or not. Nothing is wrong with the request. */
export class DatabaseUnavailable extends Error {
  readonly reason: string;
  constructor(cause: unknown) {
    const { message, code, name } = cause as NodeJS.ErrnoException;
    // A connection that is refused on every address of a name says so in its code only.
    const reason = message || code || name;
    super(`The database is not available: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** Why something is not done any more: the server ends, as it was told to. */
export class Ending extends Error {
  constructor() {
    super('the server is shutting down');
  }
}

/** Whether the end of the server is why something failed. */
export function isByEnding(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof Ending) return true;
  return false;
}

/** Connection lost, out of memory, connections or disk, shutting down, failing disk: classes of SQLSTATE. */
const unavailableStates = /^(08|53|57P|58)/;

/** Whether the database is why something failed, and not what was asked of it. */
export function isUnavailable(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (e instanceof DatabaseUnavailable || unavailableStates.test((e as { code?: string }).code ?? '')) return true;
  }
  return false;
}

export const drizzleConfig = { casing: 'snake_case' } as const;
