import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '#server/db/driver/migrate.ts';
import { dbOn, embedded } from '#server/db/driver/open-embedded.ts';
import { openPostgres } from '#server/db/driver/open-postgres.ts';

/** The source of each test file's database: a dump of a migrated PGlite, or a PostgreSQL database to clone. */
export type DatabaseTemplate =
  { kind: 'embedded'; dump: string } | { kind: 'postgres'; server: string; template: string };

declare module 'vitest' {
  export interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}node_modules/.cache/ecoc-board`;

/** Vitest's global set-up: migrates once, so that every test file starts from a copy. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) {
    project.provide('databaseTemplate', { kind: 'embedded', dump: await migratedDump() });
    return async () => {};
  }
  const template = `ecoc_template_${randomBytes(6).toString('hex')}`;
  await onServer(server, (sql) => sql.unsafe(`create database ${template}`));
  const database = await openPostgres(databaseAt(server, template));
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  project.provide('databaseTemplate', { kind: 'postgres', server, template });
  return async () => {
    await onServer(server, (sql) => sql.unsafe(`drop database if exists ${template} with (force)`));
  };
}

/** The dump is kept until a migration or PGlite changes. */
async function migratedDump(): Promise<string> {
  const hash = createHash('sha256').update(
    await readFile(`${root}node_modules/@electric-sql/pglite/package.json`, 'utf8'),
  );
  for (const file of (await readdir(`${root}drizzle`)).filter((name) => name.endsWith('.sql')).sort()) {
    hash.update(await readFile(`${root}drizzle/${file}`));
  }
  const dump = `${cache}/database-${hash.digest('hex').slice(0, 16)}.tar`;
  if (existsSync(dump)) return dump;
  const client = await PGlite.create(embedded);
  await migrate({ db: dbOn(client) });
  const bytes = await (await client.dumpDataDir('none')).bytes();
  await client.close();
  await mkdir(cache, { recursive: true });
  for (const old of await readdir(cache)) if (old.startsWith('database-')) await rm(`${cache}/${old}`);
  const partial = `${dump}.${process.pid}`;
  await writeFile(partial, bytes);
  await rename(partial, dump);
  return dump;
}

export function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs a function on the server's maintenance database, where databases are created and dropped. */
export async function onServer<T>(server: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}
