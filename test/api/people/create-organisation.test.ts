import { afterAll, beforeAll, expect, test } from 'vitest';
import { stranger, type Client } from '#test/support/client.ts';
import { password } from '#test/support/seed-organisation.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { expectNoWrites } from '#test/support/writes.ts';

let server: TestServer;
let nobody: Client;
beforeAll(async () => {
  server = await startTestServer();
  nobody = stranger(server);
});
afterAll(() => server.close());

const route = 'post /api/setup/{token}';
const body = { organisation: 'Nordwerk Vans', name: 'Ada Prime', email: 'Ada@Works.example', password };

test('a forged link creates nothing', async () => {
  await expectNoWrites(server.db, async () => {
    for (const token of ['x', 'ä'.repeat(32), 'A'.repeat(32)]) {
      expect(await nobody.refused(route, { params: { token }, body })).toMatchObject({ status: 404 });
      expect(await nobody.call('get /api/setup/{token}', { params: { token } })).toEqual({ usable: false });
    }
  });
});

test('a short password is refused with its path', async () => {
  const problem = await expectNoWrites(server.db, () =>
    nobody.refused(route, { params: { token: linkToken() }, body: { ...body, password: 'short' } }),
  );
  expect(problem).toMatchObject({ status: 400, issues: [{ path: 'body.password' }] });
});

test('the setup query reports that nobody has an account until the first administrator exists (fault A)', async () => {
  expect(await nobody.call('get /api/setup', {})).toEqual({ waiting: true });
});

test('the link creates the organisation once, even with five concurrent requests, and is then used up', async () => {
  const token = linkToken();
  expect(await nobody.call('get /api/setup/{token}', { params: { token } })).toEqual({ usable: true });
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => nobody.call(route, { params: { token }, body })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(server.setupLink()).toBeNull();
  expect(await nobody.call('get /api/setup', {})).toEqual({ waiting: false });
  expect(await expectNoWrites(server.db, () => nobody.refused(route, { params: { token }, body }))).toMatchObject({
    status: 404,
  });
});

test('its administrator signs in with the password, and the cookie identifies them', async () => {
  const response = await nobody.fetch('/api/auth/sign-in/email', {
    method: 'post',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@works.example', password }),
  });
  expect(response.status).toBe(200);
  const [cookie] = response.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const self = await nobody.fetch('/api/self', { headers: { cookie: cookie!.split(';')[0]! } });
  expect(await self.json()).toMatchObject({
    name: 'Ada Prime',
    memberships: [{ organisation: { name: 'Nordwerk Vans' }, admin: true }],
  });
});

test('refuses a wrong password, and creating an account without an invitation', async () => {
  const post = (path: string, given: object) =>
    nobody.fetch(path, {
      method: 'post',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
  await expectNoWrites(server.db, async () => {
    expect(
      (await post('/api/auth/sign-in/email', { email: 'ada@works.example', password: 'not this one' })).status,
    ).toBe(401);
    const made = await post('/api/auth/sign-up/email', { email: 'eve@works.example', password, name: 'Eve' });
    expect(made.status).toBeGreaterThanOrEqual(400);
  });
});

const linkToken = () => server.setupLink()!.split('/').at(-1)!;
