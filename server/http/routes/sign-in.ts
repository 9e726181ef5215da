import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { addressOf } from '#server/trusted-proxies.ts';
import type { Api } from '../app.ts';
import { checkPersonHeader } from '../person-header.ts';
import { parseBounded } from '../bounded-json.ts';
import { Invalid, senderGone, TooLarge, TooManyTries } from '../problem.ts';
import { storable } from '../storable.ts';
import type { HttpServices } from '../serve.ts';
import { clientAddressHeader } from '../sign-in.ts';
import { mountSignInForm } from './sign-in-form.ts';

/** The library treats longer passwords than this as wrong. */
const Credentials = z.object({ email: z.string().trim().max(320), password: z.string().max(1_000) });

/** Body limit for requests that anybody may send. */
const short = bodyLimit({
  maxSize: 16 * 1024,
  onError: () => {
    throw new TooLarge('signIn', 16);
  },
});

/** Mounts two endpoints of the sign-in library. The product uses no others, so no others are reachable. */
export function mountSignIn(app: Api, services: HttpServices): void {
  const { signIn, sessions, liveSessions, signInLimits, trustedProxies, takeRequest } = services;
  for (const path of ['/api/sign-in', '/api/auth/*']) app.use(path, short);
  const addressIn = (c: Context) => addressOf(trustedProxies, c.env?.incoming);

  /** Passes only the validated body to the library, which would also accept forms and other keys. */
  const answer = (c: Context, path: string, body: object) => {
    const headers = new Headers(c.req.raw.headers);
    for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
    headers.set('content-type', 'application/json');
    headers.set(clientAddressHeader, addressIn(c));
    return signIn.handler(
      new Request(new URL(path, c.req.url), { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  };

  /** Throws Invalid, TooMany, TooManyTries. */
  async function signInWith(c: Context, given: unknown): Promise<Response> {
    storable(given, 'body');
    const { data: credentials, error } = Credentials.safeParse(given);
    if (error)
      throw new Invalid(error.issues.map(({ path, message }) => ({ path: ['body', ...path].join('.'), message })));
    const enter = await takeRequest(addressIn(c), 'signIn');
    const leave = await enter();
    try {
      return await signInAs(c, credentials);
    } finally {
      leave();
    }
  }

  async function signInAs(c: Context, credentials: z.infer<typeof Credentials>): Promise<Response> {
    const before = await sessions.of(c.req.raw.headers);
    const gone = senderGone(c);
    if (gone) throw gone;
    const attempt = await signInLimits.begin(credentials.email.toLowerCase(), addressIn(c));
    if (attempt.wait) throw new TooManyTries(attempt.wait);
    const response = await answer(c, '/api/auth/sign-in/email', credentials);
    // Only a wrong password counts, not a correct one or a server error.
    if (response.ok || response.status >= 500) await attempt.forgive(response.ok);
    // The browser has one cookie: its previous session cannot be used any more, so its sockets are closed.
    if (response.ok && before) await liveSessions.end(before.id);
    return response;
  }

  app.post('/api/auth/sign-in/email', async (c) => signInWith(c, parseBounded(await c.req.text())));
  mountSignInForm(app, signInWith);

  app.post('/api/auth/sign-out', async (c) => {
    const session = await sessions.of(c.req.raw.headers);
    checkPersonHeader(c, session?.person ?? null);
    const response = await answer(c, '/api/auth/sign-out', {});
    // The library reports success even if it could not delete the session.
    if (response.ok && session) await liveSessions.end(session.id);
    return response;
  });
}
