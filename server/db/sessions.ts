import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from './driver/client.ts';
import { people, sessions } from './schema.ts';
import { statement } from './driver/statement.ts';

/** The session with this token and its person, even if it has expired. */
export const sessionWithToken = statement((db) =>
  db
    .select({
      id: sessions.id,
      expiresAt: sessions.expiresAt,
      person: { id: people.id, name: people.name, email: people.email },
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(eq(sessions.token, sql.placeholder('token'))),
);

/** The given sessions that still exist and have not expired. */
export async function lastingSessions(db: Db, ids: readonly string[], now: Date): Promise<Set<string>> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(inArray(sessions.id, [...ids]), gt(sessions.expiresAt, now)));
  return new Set(rows.map(({ id }) => id));
}

/** Deletes a session unless it has been extended in the meantime. */
export async function deleteExpiredSession(db: Db, id: string, now: Date): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.id, id), lte(sessions.expiresAt, now)));
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, id));
}
