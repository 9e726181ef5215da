import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { BadConfiguration, readConfig } from './config.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { DatabaseUnusable, type Database } from '#server/db/driver/client.ts';
import { openEmbedded } from '#server/db/driver/open-embedded.ts';
import { openPostgres } from '#server/db/driver/open-postgres.ts';

/** Opens the database without migrating it: verifying a trail changes nothing, not even the schema. */
async function openUntouched(): Promise<Database> {
  const { database } = readConfig(process.env);
  if (database.kind === 'postgres') return openPostgres(database.url);
  if (!existsSync(`${database.folder}/pg`)) {
    throw new DatabaseUnusable(`There is no database in ${database.folder}. Name its folder in DATA_DIR.`);
  }
  return openEmbedded(database.folder);
}

async function verify(database: Database): Promise<boolean> {
  await database.db.execute(sql`select 1 from trails limit 1`).catch(() => {
    throw new DatabaseUnusable('This database holds no trail. Start the board on it once.');
  });
  const { trails, events, breaks } = await checkTrails(database.db);
  for (const { trail, seq, what } of breaks) console.error(`Trail ${trail} is broken at event ${seq}: ${what}.`);
  if (breaks.length === 0) console.log(`${events} events in ${trails} trails checked; nothing is missing or changed.`);
  return breaks.length === 0;
}

try {
  const database = await openUntouched();
  try {
    process.exitCode = (await verify(database)) ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  if (!(error instanceof BadConfiguration || error instanceof DatabaseUnusable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
