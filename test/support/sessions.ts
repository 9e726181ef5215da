import { eq } from 'drizzle-orm';
import { sessions } from '#server/db/schema.ts';
import type { Client } from './client.ts';
import type { TestServer } from './server.ts';

/** The token in a client's session cookie. */
export const tokenOf = ({ cookie }: Pick<Client, 'cookie'>) => decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!;

export async function sessionRow({ db }: Pick<TestServer, 'db'>, client: Client) {
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.token, tokenOf(client)));
  return row;
}

/** Signs out as the page does. */
export async function signOut({ url }: Pick<TestServer, 'url'>, client: Client, headers = {}): Promise<Response> {
  return client.fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: '{}',
  });
}
