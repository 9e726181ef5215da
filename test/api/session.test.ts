import { randomUUID } from 'node:crypto';
import { makeSignature } from 'better-auth/crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sessions } from '#server/db/schema.ts';
import { clientWith, signedIn, type Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';

const ground = standOn();
const day = 86_400_000;
const me = 'get /api/self';

const tokenOf = ({ cookie }: Client) => decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!;
const rowOf = async (client: Client) => {
  const [row] = await ground.server.db
    .select()
    .from(sessions)
    .where(eq(sessions.token, tokenOf(client)));
  return row;
};
const endingIn = (client: Client, ms: number) =>
  ground.server.db
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() + ms) })
    .where(eq(sessions.token, tokenOf(client)));

test('a session that was signed out is none on the next request', async () => {
  const client = await signedIn(ground.server, ground.cast.lead);
  expect(await client.call(me, {})).toMatchObject({ id: client.id, email: expect.any(String) as string });
  const signOut = await client.fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ground.server.url },
    body: '{}',
  });
  expect(signOut.status).toBe(200);
  expect(await client.refused(me, {})).toMatchObject({ type: 'signed-out' });
});

test('a session past its end is none, and is forgotten', async () => {
  const client = await signedIn(ground.server, ground.cast.lead);
  await endingIn(client, -1000);
  expect(await client.refused(me, {})).toMatchObject({ type: 'signed-out' });
  expect(await rowOf(client)).toBeUndefined();
});

test('a session in use is prolonged once a day, and not written in between', async () => {
  const client = await signedIn(ground.server, ground.cast.lead);
  await endingIn(client, 12 * day);
  await client.call(me, {});
  const prolonged = (await rowOf(client))!.expiresAt;
  expect(prolonged.getTime()).toBeGreaterThan(Date.now() + 13.9 * day);
  await client.call(me, {});
  expect((await rowOf(client))!.expiresAt).toEqual(prolonged);
});

test('a cookie that this server did not sign is nobody', async () => {
  const { server, cast } = ground;
  const known = await signedIn(server, cast.lead);
  const token = tokenOf(known);
  const forged = [
    token,
    `${token}.`,
    `${token}.${await makeSignature(token, 'another secret of another server')}`,
    `${token}.${await makeSignature(randomUUID(), server.services.secret)}`,
    `.${await makeSignature('', server.services.secret)}`,
    `${randomUUID()}.${await makeSignature(token, server.services.secret)}`,
  ];
  for (const value of forged) {
    const client = clientWith(server, cast.lead, `ecoc.session_token=${encodeURIComponent(value)}`);
    expect(await client.refused(me, {}), value).toMatchObject({ type: 'signed-out' });
  }
  expect(await known.call(me, {})).toMatchObject({ id: cast.lead.id });
});
