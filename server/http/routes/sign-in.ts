import type { Context } from 'hono';
import { addressOf } from '#server/trusted-proxies.ts';
import type { Api } from '../app.ts';
import { checkPersonHeader } from '../person-header.ts';
import { senderGone, TooManyTries } from '../problem.ts';
import type { HttpServices } from '../serve.ts';
import { clientAddressHeader } from '../sign-in.ts';
import { mountSignInForm } from './sign-in-form.ts';

/** Of the sign-in library, these two endpoints are reachable and no other: the product uses no more. */
export function mountSignIn(app: Api, services: HttpServices): void {
  const { signIn, sessions, liveSessions, signInLimits, trustedProxies } = services;
  const answer = (c: Context, request: Request) => {
    const headers = new Headers(request.headers);
    headers.set(clientAddressHeader, addressOf(trustedProxies, c.env?.incoming));
    return signIn.handler(new Request(request, { headers }));
  };

  async function signInWith(c: Context, request: Request): Promise<Response> {
    const before = await sessions.of(c.req.raw.headers);
    const email = await emailOf(request.clone());
    const gone = senderGone(c);
    if (gone) throw gone;
    const attempt = email === null ? null : await signInLimits.begin(email, addressOf(trustedProxies, c.env?.incoming));
    if (attempt?.wait) throw new TooManyTries(attempt.wait);
    const response = await answer(c, request);
    // Only a wrong password counts: not one that was right, and not a server that failed.
    if (response.ok || response.status >= 500) await attempt?.forgive(response.ok);
    // The browser has one cookie: the session it held before cannot be used again, so its sockets end.
    if (response.ok && before) await liveSessions.end(before.id);
    return response;
  }

  app.post('/api/auth/sign-in/email', (c) => signInWith(c, c.req.raw));
  mountSignInForm(app, signInWith);

  app.post('/api/auth/sign-out', async (c) => {
    const session = await sessions.of(c.req.raw.headers);
    checkPersonHeader(c, session?.person ?? null);
    const response = await answer(c, c.req.raw);
    // The library answers with success even where it could not delete the session.
    if (response.ok && session) await liveSessions.end(session.id);
    return response;
  });
}

async function emailOf(request: Request): Promise<string | null> {
  const body: unknown = await request.json().catch(() => null);
  const email = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['email'] : null;
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : null;
}
