import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import { eq, sql } from 'drizzle-orm';
import type { Person } from '#shared/contract/person.ts';
import type { Db } from '#server/db/client.ts';
import { people, sessions } from '#server/db/schema.ts';
import { statement } from '#server/db/statement.ts';
import type { SignIn } from './sign-in.ts';

export type SignedIn = Person & { email: string };

/** The signed-in person behind a request's cookie; null for a stranger. */
export type PersonOf = (headers: Headers) => Promise<SignedIn | null>;

/**
 * Every request asks who it is from, and the library's way of answering costs as much as a whole move. Here one query
 * finds what it would find; a session that is due to be prolonged, or over, is left to the library.
 */
export function sessionReader(db: Db, signIn: SignIn): PersonOf {
  return async (headers) => {
    const { authCookies, sessionConfig, secret } = await signIn.$context;
    const cookie = parseCookies(headers.get('cookie') ?? '').get(authCookies.sessionToken.name);
    const token = cookie && signedToken(cookie, secret);
    if (!token) return null;
    const [session] = await sessionOf(db, { token });
    if (!session) return null;
    const { expiresAt, ...person } = session;
    const left = expiresAt.getTime() - Date.now();
    if (left > (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000) return person;
    const known = await signIn.api.getSession({ headers });
    return known && { id: known.user.id, name: known.user.name, email: known.user.email };
  };
}

const sessionOf = statement((db) =>
  db
    .select({ id: people.id, name: people.name, email: people.email, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(eq(sessions.token, sql.placeholder('token'))),
);

/** The token in a cookie of the form `token.signature`; null where this server did not sign it. */
function signedToken(cookie: string, secret: string): string | null {
  const at = cookie.lastIndexOf('.');
  const token = cookie.slice(0, at);
  const signature = Buffer.from(cookie.slice(at + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return at > 0 && signature.length === expected.length && timingSafeEqual(signature, expected) ? token : null;
}
