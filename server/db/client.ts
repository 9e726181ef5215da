import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** PostgreSQL and the embedded PGlite behind one type. */
export type Db = PgDatabase<PgQueryResultHKT>;
/** A transaction, or a database where none is needed. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  db: Db;
  kind: 'postgres' | 'embedded';
  close(): Promise<void>;
}

/** A database that cannot be used. Its message is the one sentence the person who starts the server reads. */
export class DatabaseUnusable extends Error {}

export const drizzleConfig = { casing: 'snake_case' } as const;
