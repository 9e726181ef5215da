import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import type { Person } from '#shared/contract/person.ts';
import type { Db } from '#server/db/driver/client.ts';
import { deleteExpiredSession, sessionWithToken } from '#server/db/sessions.ts';
import type { SignIn } from './sign-in.ts';

export type SignedIn = Person & { email: string };

/** The session that a request's cookie identifies. */
export interface Session {
  id: string;
  person: SignedIn;
  /** The session has not been extended for at least a day, so the next use extends it. */
  due: boolean;
}

export interface Sessions {
  /** Returns the session of a request's cookie; null if there is no valid session. */
  of(headers: Headers): Promise<Session | null>;
  /** Extends the session of these headers. Returns the cookies to set on the answer. */
  prolong(headers: Headers): Promise<string[]>;
}

/**
 * Every request looks up its session, and the library's lookup costs as much as a whole move. This one uses a single
 * query with the same result; only extending a session is left to the library.
 */
export function sessionsIn(db: Db, signIn: SignIn): Sessions {
  return {
    async of(headers) {
      const { authCookies, sessionConfig, secret } = await signIn.$context;
      const cookie = parseCookies(headers.get('cookie') ?? '').get(authCookies.sessionToken.name);
      const token = cookie && signedToken(cookie, secret);
      if (!token) return null;
      const [session] = await sessionWithToken(db, { token });
      if (!session) return null;
      const { id, person, expiresAt } = session;
      const now = new Date();
      const left = expiresAt.getTime() - now.getTime();
      if (left <= 0) {
        await deleteExpiredSession(db, id, now);
        return null;
      }
      return { id, person, due: left <= (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000 };
    },
    async prolong(headers) {
      const answer = await signIn.api.getSession({ headers, returnHeaders: true });
      return answer.headers.getSetCookie();
    },
  };
}

/** The token of a cookie of the form `token.signature`; null if this server did not sign it. */
function signedToken(cookie: string, secret: string): string | null {
  const at = cookie.lastIndexOf('.');
  const token = cookie.slice(0, at);
  const signature = Buffer.from(cookie.slice(at + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return at > 0 && signature.length === expected.length && timingSafeEqual(signature, expected) ? token : null;
}
