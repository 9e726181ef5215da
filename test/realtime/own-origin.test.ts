import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { routes } from '#shared/contract/routes/all.ts';
import type { Problem } from '#shared/contract/problem.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { password } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();

/** Another site, another port, another scheme, a sandboxed frame, a name with the same prefix. */
const foreign = () => {
  const { url } = ctx.server;
  const { port } = new URL(url);
  return [
    'https://elsewhere.example',
    url.replace(port, String(Number(port) ^ 1)),
    url.replace('http', 'https'),
    'null',
    `${url}.example`,
  ];
};

test('a write from a page of another origin is refused on every route, whatever the Host header (faults S10, S11)', async () => {
  const { server, users } = ctx;
  const writes = (Object.values(routes) as Route[]).filter(({ method }) => method !== 'get');
  const addresses = [
    ...writes,
    { method: 'post', path: '/api/auth/sign-in/email' },
    { method: 'post', path: '/api/auth/sign-out' },
  ];
  await expectNoWrites(server.db, async () => {
    for (const { method, path } of addresses) {
      for (const origin of foreign()) {
        const response = await users.lead.fetch(path.replaceAll(/\{\w+\}/g, crypto.randomUUID()), {
          method: method.toUpperCase(),
          headers: { origin, 'operation-id': crypto.randomUUID(), 'x-forwarded-host': 'elsewhere.example' },
        });
        const problem = (await response.json()) as Problem;
        expect([path, origin, problem.type, response.status]).toEqual([path, origin, 'foreign-origin', 403]);
        expect(problem.detail).toMatch(/^The board is reached at http:\/\/127\.0\.0\.1/);
      }
    }
  });
});

test('the board’s own pages sign in and write, and so do programs (faults S10, S11)', async () => {
  const { server, users } = ctx;
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'lead@works.example', password }),
  });
  expect(signIn.status).toBe(200);
  for (const headers of [{ origin: server.url }, {}] as Record<string, string>[]) {
    const read = await users.lead.fetch('/api/notifications/read', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
      body: JSON.stringify({ notifications: [] }),
    });
    expect(read.status).toBe(200);
  }
});

test('a page of another origin opens neither the feed nor a document (fault S10)', async () => {
  const { server, users } = ctx;
  const { id } = await newRecord(users);
  const { cookie } = users.lead;
  const opened = (origin: string) => ({
    feed: new Promise((resolve) => {
      const socket = io(server.url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie, origin },
      });
      socket.on('connect', () => (socket.close(), resolve(true)));
      socket.on('connect_error', () => (socket.close(), resolve(false)));
    }),
    polling: () =>
      fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie, origin } }).then(({ ok }) => ok),
    document: new Promise((resolve) => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/documents/${id}`, {
        headers: { cookie, origin },
      });
      socket.on('open', () => (socket.close(), resolve(true)));
      socket.on('error', () => resolve(false));
    }),
  });
  for (const origin of foreign()) {
    const { feed, polling, document } = opened(origin);
    expect([origin, await feed, await polling(), await document]).toEqual([origin, false, false, false]);
  }
  const own = opened(server.url);
  expect([await own.feed, await own.document]).toEqual([true, true]);
});
