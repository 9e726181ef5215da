import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/** Identifies this database. A copy of the database has a different identity. */
export async function identityOf(db: Db): Promise<string> {
  const [row] = await db
    .select({ name: sql<string>`found.name` })
    .from(
      sql`(select datname || ' ' || oid::text as name from pg_database where datname = current_database()) as found`,
    );
  return row!.name;
}
