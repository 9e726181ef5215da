import postgres from 'postgres';

const usual = 'postgres://postgres@127.0.0.1:5432/postgres';

/**
 * The PostgreSQL server for tests, which may create and drop databases. Throws with one sentence that says what to do.
 */
export async function findPostgres(): Promise<string> {
  const url = process.env['TEST_DATABASE_URL'] ?? usual;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return url;
  } catch (error) {
    const { host } = new URL(url);
    throw new Error(
      `No PostgreSQL answers at ${host} (${(error as Error).message || (error as NodeJS.ErrnoException).code}). Start one, or name another in TEST_DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
