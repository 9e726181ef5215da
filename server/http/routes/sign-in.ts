import type { Context } from 'hono';
import type { Api } from '../app.ts';
import { checkPersonHeader } from '../person-header.ts';
import type { HttpServices } from '../serve.ts';
import { clientAddressHeader } from '../sign-in.ts';

/** Of the sign-in library, these two endpoints are reachable and no other: the product uses no more. */
export function mountSignIn(app: Api, { signIn, sessions, liveSessions }: HttpServices): void {
  const answer = (c: Context) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(clientAddressHeader, c.env?.incoming?.socket.remoteAddress ?? '');
    return signIn.handler(new Request(c.req.raw, { headers }));
  };

  app.post('/api/auth/sign-in/email', async (c) => {
    const before = await sessions.of(c.req.raw.headers);
    const response = await answer(c);
    // The browser has one cookie: the session it held before cannot be used again, so its sockets end.
    if (response.ok && before) await liveSessions.end(before.id);
    return response;
  });

  app.post('/api/auth/sign-out', async (c) => {
    const session = await sessions.of(c.req.raw.headers);
    checkPersonHeader(c, session?.person ?? null);
    const response = await answer(c);
    // The library answers with success even where it could not delete the session.
    if (response.ok && session) await liveSessions.end(session.id);
    return response;
  });
}
