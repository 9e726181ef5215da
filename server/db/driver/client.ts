import type { Connection, ConnectionEvents } from './connection.ts';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** One type for PostgreSQL and the embedded PGlite. */
export type Db = PgDatabase<PgQueryResultHKT>;
/** A transaction. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  db: Db;
  kind: 'postgres' | 'embedded';
  /**
   * PostgreSQL only. Registers a listener for lost connections. A commit in progress may or may not have taken effect.
   */
  onLost?(then: () => void): void;
  /** PostgreSQL only. Opens a dedicated connection outside the pool. */
  connect?(events: ConnectionEvents): Promise<Connection>;
  /** Waits for running queries; on PostgreSQL for at most this many seconds. */
  close(seconds?: number): Promise<void>;
}

/** The database cannot be used. The message is written for the person who starts the server. */
export class DatabaseUnusable extends Error {}

/**
 * The database does not answer at the moment. A commit in progress may or may not have taken effect. The request itself
 * is not at fault.
 */
export class DatabaseUnavailable extends Error {
  readonly reason: string;
  constructor(cause: unknown) {
    const { message, code, name } = cause as NodeJS.ErrnoException;
    // When every address of a host name refuses the connection, the error has a code but no message.
    const reason = message || code || name;
    super(`The database is not available: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** Work is refused or aborted because the server is shutting down. */
export class Ending extends Error {
  constructor() {
    super('the server is shutting down');
  }
}

/** Whether the error was caused by the shutdown of the server. */
export function isByEnding(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof Ending) return true;
  return false;
}

/** SQLSTATE classes: connection lost; out of memory, connections or disk; shutting down; disk failure. */
const unavailableStates = /^(08|53|57P|58)/;

/** Whether the error was caused by the state of the database rather than by the request. */
export function isUnavailable(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (e instanceof DatabaseUnavailable || unavailableStates.test((e as { code?: string }).code ?? '')) return true;
  }
  return false;
}

export const drizzleConfig = { casing: 'snake_case' } as const;
