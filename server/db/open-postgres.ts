import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { DatabaseUnusable, drizzleConfig, type Database } from './client.ts';

/** Connects to a PostgreSQL server. Throws DatabaseUnusable when it is away or refuses. */
export async function openPostgres(url: string): Promise<Database> {
  const client = postgres(url, { max: 10, connect_timeout: 5, onnotice: () => {} });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 1 });
    const { host, pathname } = new URL(url);
    throw new DatabaseUnusable(
      `The database ${pathname.slice(1)} at ${host} cannot be reached: ${(error as Error).message}. Check DATABASE_URL and that PostgreSQL runs.`,
    );
  }
  return { db: drizzle(client, drizzleConfig), kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}
