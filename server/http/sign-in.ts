import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { Db } from '#server/db/driver/client.ts';
import { accounts, people, sessions, verifications } from '#server/db/schema.ts';
import { logError } from '#server/log.ts';
import { v7 } from '#server/db/driver/uuid.ts';
import type { HttpServices } from './serve.ts';

/** The server sets this header on every request to the sign-in library and overwrites any value a client sends. */
export const clientAddressHeader = 'x-client-address';

/**
 * Sign-in with e-mail and password. Commands create the accounts (createOrganisation, acceptInvitation). The library
 * manages the sessions: httpOnly cookies that HTTP, Socket.IO and the document sockets all read.
 */
export function makeSignIn(
  db: Db,
  { publicUrl, isOwnOrigin, secret }: Pick<HttpServices, 'publicUrl' | 'isOwnOrigin' | 'secret'>,
) {
  return betterAuth({
    appName: 'eCoC Board',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_, message, error) => logError(`sign-in: ${message}`, error) },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: people, session: sessions, account: accounts, verification: verifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    session: { expiresIn: 14 * 86_400, updateAge: 86_400, cookieCache: { enabled: false } },
    // `sign-in-limits.ts` limits tries instead, across processes and behind proxies.
    rateLimit: { enabled: false },
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin');
      return origin && isOwnOrigin(origin) ? [origin] : [];
    },
    advanced: {
      database: { generateId: v7 },
      cookiePrefix: 'ecoc',
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  });
}

export type SignIn = ReturnType<typeof makeSignIn>;
