import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { ruleTrials } from '#server/db/schema.ts';
import { makeApi, type Api } from '#server/http/app.ts';
import { limitPages } from '#server/http/limit-pages.ts';
import { rates, requestLimits } from '#server/limits/request-limits.ts';
import { stranger, type Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';

const ctx = useTestServer();
/** The same API with its own limits and a clock that the test moves, so the speed of the machine does not matter. */
let api: Api;
let seconds = 0;
beforeEach(() => {
  seconds = 0;
  api = makeApi({ ...ctx.server.services, takeRequest: requestLimits(() => seconds * 1_000) });
});

const ask = async ({ cookie }: Client, path: string, init: RequestInit = {}) =>
  api.fetch(new Request(ctx.server.url + path, { ...init, headers: { cookie, ...init.headers } }));
const board = (client: Client, query = '') => ask(client, `/api/scopes/${ctx.users.scope}/board${query}`);

async function spend(count: number, one: () => Promise<Response>): Promise<void> {
  for (let n = 0; n < count; n++) {
    const response = await one();
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }
}

test('a person over their budget receives a Retry-After; others are not delayed (fault S8)', async () => {
  const { observer, lead } = ctx.users;
  await spend(rates.heavy.burst, () => board(observer, '?text=PT'));
  const refused = await board(observer, '?text=PT');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({
    type: 'too-many-requests',
    retryAfter: 1,
    detail: 'You sent too many requests in a short time. Nothing was changed. Try again in 1 second.',
  });
  // Cheap reads of the same person still work, and so does everybody else.
  await spend(1, () => board(observer));
  await spend(1, () => board(lead, '?text=PT'));
  seconds += 1;
  await spend(rates.heavy.perSecond, () => board(observer, '?text=PT'));
  expect((await board(observer, '?text=PT')).status).toBe(429);
});

test('writes have a budget of their own, and a refused write changes nothing (fault S8)', async () => {
  const { admin, organisation, scope } = ctx.users;
  const visit = () =>
    ask(admin, `/api/scopes/${scope}/visit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'operation-id': crypto.randomUUID(), origin: ctx.server.url },
      body: JSON.stringify({ seq: 0 }),
    });
  await spend(rates.write.burst, visit);
  const opened = await ask(admin, `/api/organisations/${organisation}/scopes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'operation-id': crypto.randomUUID(), origin: ctx.server.url },
    body: JSON.stringify({ name: 'One too many', prefix: 'NO' }),
  });
  expect(opened.status).toBe(429);
  const { scopes } = (await (await ask(admin, '/api/scopes')).json()) as { scopes: { name: string }[] };
  expect(scopes.map(({ name }) => name)).not.toContain('One too many');
}, 120_000);

test('anonymous clients have a budget per address, separate from people with a session (fault S8)', async () => {
  const nobody = stranger(ctx.server);
  const preview = () => ask(nobody, '/api/setup/unknown');
  await spend(rates.read.burst, preview);
  expect((await preview()).status).toBe(429);
  await spend(1, () => board(ctx.users.reviewer));
});

test('pages are rendered two at a time per person, within a budget; built files are free (fault S8)', async () => {
  const { sessions } = ctx.server.services;
  const rendering: ServerResponse[] = [];
  const pages = limitPages((_request, response) => void rendering.push(response), {
    sessions,
    trustedProxies: () => false,
    takeRequest: requestLimits(() => seconds * 1_000),
  });
  const statuses: number[] = [];
  const get = (url: string, remoteAddress = '192.0.2.1') => {
    const response = Object.assign(new EventEmitter(), {
      setHeader: () => response,
      writeHead: (status: number) => (statuses.push(status), response),
      end: () => response.emit('close'),
    }) as unknown as ServerResponse;
    pages({ url, headers: {}, socket: { remoteAddress } } as unknown as IncomingMessage, response);
  };
  for (let n = 0; n < 40; n++) get('/sign-in');
  await expect.poll(() => rendering.length).toBe(2);
  get('/sign-in', '192.0.2.2');
  await expect.poll(() => rendering.length).toBe(3);
  for (let done = 0; done < 41; done++) {
    await expect.poll(() => rendering.length).toBeGreaterThan(done);
    rendering[done]!.end();
  }
  for (let n = 40; n < rates.page.burst; n++) {
    get('/sign-in');
    await expect.poll(() => rendering.length).toBe(n + 2);
    rendering.at(-1)!.end();
  }
  expect(statuses).toEqual([]);
  get('/sign-in');
  await expect.poll(() => statuses).toEqual([429]);
  const before = rendering.length;
  for (let n = 0; n < 500; n++) get('/_app/immutable/chunk.js');
  expect(rendering.length - before).toBe(500);
});

test('a person has at most two unfinished rule trials; the next one is accepted once one finishes (fault S8)', async () => {
  const { users, server } = ctx;
  const { services, url } = server;
  let finish!: () => void;
  const held = new Promise<void>((resolve) => (finish = resolve));
  const alone: typeof services.work.runExclusive = (id, run) => held.then(() => services.work.runExclusive(id, run));
  api = makeApi({ ...services, work: { runExclusive: alone } });
  const attempt = async ({ cookie }: Client) => {
    const { status } = await api.fetch(
      new Request(`${url}/api/organisations/${users.organisation}/rules/trials`, {
        method: 'POST',
        headers: { cookie, origin: url, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
        body: JSON.stringify({ severities: { R50: 'warning' }, wmis: [], waiverDays: 90 }),
      }),
    );
    return status;
  };
  expect([await attempt(users.observer), await attempt(users.observer)]).toEqual([200, 200]);
  expect(await attempt(users.observer)).toBe(429);
  expect(await attempt(users.admin)).toBe(200);
  finish();
  await expect.poll(() => attempt(users.observer), { timeout: 20_000 }).toBe(200);
  const running = () => server.db.$count(ruleTrials, eq(ruleTrials.state, 'running'));
  await expect.poll(running, { timeout: 20_000 }).toBe(0);
});

test('large bodies are limited, one at a time, and do not delay small ones (fault S3)', async () => {
  const { dataOwner, scope } = ctx.users;
  const rows = Array.from({ length: 15_000 }, () => ({ AxleTrack: '1' }));
  const create = async (data: object) => {
    const { status } = await ask(dataOwner, `/api/scopes/${scope}/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'operation-id': crypto.randomUUID(), origin: ctx.server.url },
      body: JSON.stringify({ data }),
    });
    return status;
  };
  const large = { CocDataGroup: { AxleTable: { AxleGroup: rows } } };
  for (let n = 0; n < rates.large.burst; n++) expect(await create(large)).toBe(422);
  expect(await create(large)).toBe(429);
  let read = false;
  const body = new ReadableStream({ pull: () => void (read = true) }, { highWaterMark: 0 });
  const unread = await ask(dataOwner, `/api/scopes/${scope}/records`, {
    method: 'POST',
    headers: { 'content-length': '1000000', 'operation-id': crypto.randomUUID(), origin: ctx.server.url },
    body,
    duplex: 'half',
  } as RequestInit);
  expect([unread.status, read]).toEqual([429, false]);
  // A body of unknown length counts as large: it may use as much memory.
  let chunks = 0;
  const endless = new ReadableStream<Uint8Array>(
    { pull: (controller) => ((chunks += 1), controller.enqueue(new Uint8Array(1_000))) },
    { highWaterMark: 0 },
  );
  const untold = await ask(dataOwner, `/api/scopes/${scope}/records`, {
    method: 'POST',
    headers: { 'transfer-encoding': 'chunked', 'operation-id': crypto.randomUUID(), origin: ctx.server.url },
    body: endless,
    duplex: 'half',
  } as RequestInit);
  expect(untold.status).toBe(429);
  expect(chunks).toBeLessThan(5);
  expect(await create({ CocDataGroup: { Type: 'T' } })).toBe(200);
}, 120_000);
