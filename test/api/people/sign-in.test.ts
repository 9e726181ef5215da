import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readTrustedProxies } from '#server/trusted-proxies.ts';
import { clientAddressHeader } from '#server/http/sign-in.ts';
import { signInLimits } from '#server/http/sign-in-limits.ts';
import { signInTries } from '#server/db/schema.ts';
import { seedOrganisation, password, type SeededOrganisation } from '#test/support/seed-organisation.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let late = 0;
const now = () => new Date(Date.parse('2026-11-24T09:00:00.000Z') + late);
const wait = (seconds: number) => void (late += seconds * 1000);
let server: TestServer;
let users: SeededOrganisation;

beforeAll(async () => {
  server = await startTestServer({ now, limitSignIn: true, trustedProxies: readTrustedProxies('1')! });
  users = await seedOrganisation(server);
});
afterAll(async () => {
  await server.close();
});
beforeEach(async () => void (await server.db.delete(signInTries)));

const office = '203.0.113.7';

const signIn = (email: string, given: string, from = office) =>
  fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, 'x-forwarded-for': from },
    body: JSON.stringify({ email, password: given }),
  });
const statuses = (responses: Response[]) => responses.map(({ status }) => status);
const lead = 'lead@works.example';

async function times<T>(count: number, run: (at: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let at = 0; at < count; at++) all.push(await run(at));
  return all;
}

test('five wrong passwords are free, then each costs a longer wait, and the right one resets it (faults S9, no. 9)', async () => {
  expect(statuses(await times(5, () => signIn(lead, 'wrong password')))).toEqual([401, 401, 401, 401, 401]);
  const refused = await signIn(lead, password);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ type: 'too-many-requests', retryAfter: 1 });
  wait(2);
  expect((await signIn(lead, 'wrong password')).status).toBe(401);
  expect((await signIn(lead, password)).headers.get('retry-after')).toBe('2');
  wait(3);
  expect((await signIn(lead, password)).status).toBe(200);
  expect((await signIn(lead, 'wrong password')).status).toBe(401);
});

test('twenty concurrent attempts count as twenty (fault S9)', async () => {
  const all = statuses(await Promise.all(Array.from({ length: 20 }, () => signIn(lead, 'wrong password'))));
  expect(all.filter((status) => status === 401)).toHaveLength(5);
  expect(all.filter((status) => status === 429)).toHaveLength(15);
});

test('attempts are counted in the database, across processes (fault S9)', async () => {
  const another = signInLimits(server.db, now);
  await times(3, () => another.begin(lead, office));
  expect(statuses(await times(3, () => signIn(lead, 'wrong password')))).toEqual([401, 401, 429]);
  expect((await another.begin(lead, office)).wait).toBe(1);
});

test('one guesser does not lock out an office behind one proxy (faults S9, no. 9)', async () => {
  await times(40, () => signIn(lead, 'wrong password', '198.51.100.66'));
  expect((await signIn(lead, 'wrong password', '198.51.100.66')).status).toBe(429);
  for (const email of [lead, 'reviewer@works.example']) expect((await signIn(email, password)).status).toBe(200);
});

test('forty people of one office sign in within a minute (faults S9, no. 9)', async () => {
  const emails = ['lead', 'dataOwner', 'reviewer', 'observer'].map((duty) => `${duty}@works.example`);
  const all = await times(40, (at) => signIn(emails[at % 4]!, password));
  expect(new Set(statuses(all))).toEqual(new Set([200]));
});

test('an address that tries many accounts waits a minute (fault S9)', async () => {
  const all = await times(31, (at) => signIn(`person${at}@works.example`, 'wrong password'));
  expect(statuses(all).indexOf(429)).toBe(30);
  expect((await signIn(lead, password)).status).toBe(429);
  wait(61);
  expect((await signIn(lead, password)).status).toBe(200);
});

test('many addresses that guess at one account do not lock out its owner (fault S9)', async () => {
  expect((await signIn(lead, password)).status).toBe(200);
  const all = await times(60, (at) => signIn(lead, 'wrong password', `198.51.100.${at}`));
  expect(statuses(all).indexOf(429)).toBe(50);
  expect((await signIn(lead, password, '198.51.100.200')).status).toBe(429);
  expect((await signIn(lead, password)).status).toBe(200);
  wait(3601);
  expect((await signIn(lead, password, '198.51.100.200')).status).toBe(200);
});

test('an attempt counts in every body encoding (fault S9)', async () => {
  const send = (body: string, type: string) =>
    fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': type, origin: server.url, 'x-forwarded-for': office },
      body,
    });
  const wrong = { email: lead, password: 'wrong password' };
  const form = String(new URLSearchParams(wrong));
  const forms = await times(8, () => send(form, 'application/x-www-form-urlencoded'));
  expect(statuses(forms)).not.toContain(401);
  const padded = JSON.stringify({ ...wrong, email: ` ${lead.toUpperCase()} ` });
  const all = await times(8, (at) => (at % 2 ? signIn(lead, wrong.password) : send(padded, 'text/plain')));
  expect(statuses(all).slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses(all).slice(5)).toContain(429);
});

test('an anonymous sign-in body is limited in size (faults S9, S25)', async () => {
  const send = (body: BodyInit, more: RequestInit = {}) =>
    fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, 'x-forwarded-for': office },
      body,
      ...more,
    });
  const long = JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`key${at}`, 'value'])));
  const untold = { duplex: 'half' } as RequestInit;
  const answers = [
    await send(long),
    await send(new Blob([long]).stream(), untold),
    await send('['.repeat(10_000)),
    await send(JSON.stringify({ email: [lead], password })),
    await send(JSON.stringify({ email: lead })),
    await send(JSON.stringify({ email: `${lead}\0`, password })),
  ];
  expect(statuses(answers)).toEqual([413, 413, 400, 400, 400, 400]);
});

test('repeated sign-ins are queued, two at a time per address (fault S8)', async () => {
  let [running, most] = [0, 0];
  const mate = '203.0.113.8';
  const { signIn: library } = server.services;
  const handler = library.handler.bind(library);
  const counted = vi.spyOn(library, 'handler').mockImplementation(async (request) => {
    if (request.headers.get(clientAddressHeader) !== mate) return handler(request);
    most = Math.max(most, ++running);
    return handler(request).finally(() => (running -= 1));
  });
  try {
    const all = await Promise.all(Array.from({ length: 12 }, () => signIn('observer@works.example', password, mate)));
    expect(new Set(statuses(all))).toEqual(new Set([200]));
    expect(most).toBe(2);
  } finally {
    counted.mockRestore();
  }
});

test('X-Forwarded-For entries left of the proxy’s own are ignored (fault S9)', async () => {
  const all = await times(8, (at) => signIn(lead, 'wrong password', `10.1.1.${at}, 198.51.100.77`));
  expect(statuses(all)).toContain(429);
});

test('without script the sign-in form posts to a page, and never puts the password in an address (fault P2)', async () => {
  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: server.url, 'x-forwarded-for': office, ...headers },
      body: new URLSearchParams(fields),
    });
  const entered = await send({ email: lead, password, from: `/scopes/${users.scope}` });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, `/scopes/${users.scope}`]);
  const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('ecoc.session_token='))!;
  const self = await fetch(`${server.url}/api/self`, { headers: { cookie: cookie.split(';')[0]! } });
  expect(await self.json()).toMatchObject({ email: lead });
  const wrong = await send({ email: lead, password: 'wrong password', from: '//evil.example' });
  expect([wrong.status, wrong.headers.get('location')]).toEqual([303, '/sign-in?trouble=wrong&from=%2F']);
  expect((await send({ email: lead, password }, { origin: 'https://evil.example' })).status).toBe(403);
});
