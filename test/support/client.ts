import { randomUUID } from 'node:crypto';
import { makeSignature } from 'better-auth/crypto';
import { call, ProblemError, type Answer, type Ask, type RouteName } from '#lib/api.ts';
import type { Person } from '#shared/contract/person.ts';
import type { Problem } from '#shared/contract/problem.ts';
import { sessions } from '#server/db/schema.ts';
import type { TestServer } from './server.ts';

/** A person at a browser: the web's own API client with their cookie. */
export interface Client extends Person {
  cookie: string;
  call<N extends RouteName>(name: N, ask: Ask<N>): Promise<Answer<N>>;
  /** The problem that a call was answered with. Throws if it succeeded. */
  refused<N extends RouteName>(name: N, ask: Ask<N>): Promise<Problem>;
  /** For requests that the typed call cannot make. */
  fetch: typeof fetch;
}

/** A client without a session. */
export const stranger = (server: Pick<TestServer, 'url'>): Client =>
  clientWith(server, { id: randomUUID(), name: 'A stranger' }, '');

/** Creates a session as the sign-in library stores it, without the slow password check. */
export async function signedIn(server: TestServer, person: Person): Promise<Client> {
  const token = randomUUID();
  await server.db.insert(sessions).values({ token, userId: person.id, expiresAt: new Date(Date.now() + 86_400_000) });
  const signature = await makeSignature(token, server.services.secret);
  return clientWith(server, person, `ecoc.session_token=${encodeURIComponent(`${token}.${signature}`)}`);
}

export function clientWith({ url }: Pick<TestServer, 'url'>, { id, name }: Person, cookie: string): Client {
  const send: typeof fetch = (path, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set('cookie', cookie);
    return fetch(`${url}${path as string}`, { ...init, headers });
  };
  const client: Client = {
    id,
    name,
    cookie,
    fetch: send,
    // Each call is a separate intent, even if others with the same content are in flight.
    call: (route, ask) => call(route, { operation: crypto.randomUUID(), ...ask, fetch: send }),
    refused: async (route, ask) => {
      try {
        await client.call(route, ask);
      } catch (error) {
        if (error instanceof ProblemError) return error.problem;
        throw error;
      }
      throw new Error(`${route} was answered, although it should have been refused`);
    },
  };
  return client;
}
