import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { inject } from 'vitest';
import type { Database } from '#server/db/driver/client.ts';
import { dbOn, embedded } from '#server/db/driver/open-embedded.ts';
import { openPostgres } from '#server/db/driver/open-postgres.ts';
import * as schema from '#server/db/schema.ts';
import { databaseAt, onServer } from './database-template.ts';

export interface TestDatabase extends Database {
  /** URL of a PostgreSQL database; null for the embedded one, which runs in this process. */
  url: string | null;
  /** Empties every table. */
  clear(): Promise<void>;
}

/** A separate migrated, empty database: PGlite in memory, or a PostgreSQL clone if TEST_DATABASE_URL is set. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const template = inject('databaseTemplate');
  if (template.kind === 'embedded') {
    const client = await PGlite.create({ loadDataDir: await openAsBlob(template.dump), ...embedded });
    const db = dbOn(client);
    return { db, kind: 'embedded', url: null, close: () => client.close(), clear: () => clear(db) };
  }
  const name = `ecoc_test_${randomBytes(6).toString('hex')}`;
  await onServer(template.server, (server) => server.unsafe(`create database ${name} template ${template.template}`));
  const url = databaseAt(template.server, name);
  const database = await openPostgres(url);
  return {
    ...database,
    url,
    clear: () => clear(database.db),
    close: async () => {
      await database.close();
      await onServer(template.server, (server) => server.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

/** The same PostgreSQL database over separate connections, as from another process; closing them keeps the database. */
export async function openBeside({ url, clear }: TestDatabase): Promise<TestDatabase> {
  if (!url) throw new Error('Several processes need PostgreSQL: npm run test:services.');
  return { ...(await openPostgres(url)), url, clear };
}

const tables = Object.values(schema)
  .filter((member) => is(member, PgTable))
  .map(getTableName);

async function clear(db: Database['db']): Promise<void> {
  await db.execute(sql.raw(`truncate ${tables.map((name) => `"${name}"`).join(', ')} restart identity`));
}
