import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import { DatabaseUnusable, type Database, type Db } from './client.ts';

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));
/** Advisory lock number that nothing else in the database uses: "ecoc" in ASCII. */
const migrationLock = 0x65636f63;

/**
 * Runs the pending migrations in one transaction, one process at a time. Throws DatabaseUnusable if a newer version of
 * the code has migrated the database.
 */
export async function migrate({ db }: Pick<Database, 'db'>): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder });
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
    await tx.execute(
      sql`create table if not exists schema_migrations (hash text primary key, applied_at timestamptz not null default now())`,
    );
    const applied = await appliedHashes(tx as unknown as Db);
    const strange = applied.filter((hash) => !migrations.some((migration) => migration.hash === hash));
    if (strange.length > 0) {
      throw new DatabaseUnusable(
        'The database was written by a newer version of eCoC Board than this one. Start the newer version; nothing was changed.',
      );
    }
    for (const migration of migrations.filter(({ hash }) => !applied.includes(hash))) {
      for (const statement of migration.sql) await tx.execute(sql.raw(statement));
      await tx.execute(sql`insert into schema_migrations (hash) values (${migration.hash})`);
    }
  });
}

async function appliedHashes(db: Db): Promise<string[]> {
  const result: unknown = await db.execute(sql`select hash from schema_migrations`);
  const rows = Array.isArray(result) ? result : (result as { rows: unknown[] }).rows;
  return (rows as { hash: string }[]).map(({ hash }) => hash);
}
