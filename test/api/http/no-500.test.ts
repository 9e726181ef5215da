import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { routes } from '#shared/contract/routes/all.ts';
import { routeOf } from '#test/support/access.ts';
import { everyRequest } from '#test/support/every-request.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { seeded, type Seeded } from '#test/support/seeded.ts';

const ctx = useTestServer();

/** Malformed ids, cursors, numbers, days and texts. */
const odd = [
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  '1.5',
  'NaN',
  '99999999999',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  'null',
  'true',
  '[]',
  '{}',
  'z',
  '..',
  '../..',
  '%',
  '%00',
  '\t',
  '\n',
  '\r',
  "'",
  '"',
  '\\',
  '_',
  ';--',
  '$1',
  'é',
  'e\u0301',
  '🚗',
  '\u202e',
  'x'.repeat(300),
  '0000-01-01',
  '9999-12-31',
  '2026-02-31',
  '-000001-01-01',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '-'.repeat(36),
  randomUUID().toUpperCase(),
  'z z z z',
  '1 1 2026-02-31T00:00:00.000Z 00000000-0000-0000-0000-000000000000',
  'fallen 00000000-0000-0000-0000-000000000000',
  'a0 00000000-0000-0000-0000-000000000000',
  '__proto__',
  'constructor',
  'toString',
];
const oddValues: unknown[] = [
  ...odd,
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 31),
  1e308,
  [],
  {},
  [null],
  [[]],
  { a: 1 },
];

/** A request with one to three malformed parts. */
function spoil(
  random: Seeded,
  {
    params = {},
    query = {},
    body,
  }: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown },
  known: string[],
) {
  const spoilt = { params: { ...params }, query: { ...query }, body: structuredClone(body) };
  for (let times = 1 + random.below(3); times > 0; times--) {
    const kind = random.below(4);
    if (kind === 0 && Object.keys(params).length > 0)
      spoilt.params[random.oneOf(Object.keys(params))] = random.oneOf(odd);
    else if (kind === 1) spoilt.query[known.length > 0 ? random.oneOf(known) : 'after'] = random.oneOf(odd);
    else spoilt.body = spoilValue(random, spoilt.body);
  }
  return spoilt;
}

/** Replaces, omits or adds one member at a random depth. */
function spoilValue(random: Seeded, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.below(5) === 0) return random.oneOf(oddValues);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const key = random.oneOf([...Object.keys(copy), random.oneOf(odd)]);
  if (random.below(6) === 0 && !Array.isArray(copy)) delete copy[key];
  else copy[key] = spoilValue(random, copy[key]);
  return copy;
}

const seed = Number(process.env['SEED'] ?? 20261128);
const rounds = process.env['LONG'] ? 400 : 12;

test.each(Object.keys(everyRequest))('%s never answers a malformed request with a 500 (fault S17)', async (name) => {
  const random = seeded(seed + name.length * 7919 + name.charCodeAt(0));
  const { by, ...ask } = await everyRequest[name as keyof typeof routes]!(ctx);
  const { method, path, query } = routeOf(name);
  for (let round = 0; round < rounds; round++) {
    const sent = spoil(random, ask, Object.keys(query?.shape ?? {}));
    const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(sent.params[key] ?? ''));
    const response = await by.fetch(`${address}?${new URLSearchParams(sent.query)}`, {
      method: method.toUpperCase(),
      headers: {
        'operation-id': random.below(8) === 0 ? random.id() : randomUUID(),
        'content-type': 'application/json',
      },
      ...(method === 'get' ? {} : { body: ask.file ?? JSON.stringify(sent.body ?? null) }),
    });
    const answer = await response.text();
    expect(response.status, `${name} round ${round}: ${JSON.stringify(sent).slice(0, 500)}\n${answer}`).toBeLessThan(
      500,
    );
  }
});

test.each(Object.keys(everyRequest).filter((name) => routeOf(name).write))(
  '%s: an operation id is scoped to its person (fault S17)',
  async (name) => {
    const { users } = ctx;
    const operation = randomUUID();
    const { method, path } = routeOf(name);
    for (const client of [users.admin, users.lead, users.dataOwner, users.elsewhere.admin]) {
      const { params, query, body, file } = await everyRequest[name as keyof typeof routes]!(ctx);
      const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => params?.[key] ?? '');
      const response = await client.fetch(`${address}?${new URLSearchParams(query)}`, {
        method: method.toUpperCase(),
        headers: { 'operation-id': operation, 'content-type': 'application/json' },
        body: file ?? JSON.stringify(body),
      });
      expect([name, client.name, response.status >= 500]).toEqual([name, client.name, false]);
    }
  },
);

test.each([
  ['exceptions?after=z'],
  ['exceptions?closed=true&after=z'],
  ['exceptions?after=1 1 2026-02-31T00:00:00.000Z 00000000-0000-0000-0000-000000000000'],
  ['waivers?after=z'],
  ['standups?before=z'],
  ['activity?before=99999999999999999999'],
  ['stages/intake/cards?after=z'],
  ['board-at?at=0000-01-01T00:00:00.000Z'],
  ['since?from=0000-01-01T00:00:00Z'],
])('%s is bad input (fault S17)', async (path) => {
  const response = await ctx.users.lead.fetch(`/api/scopes/${ctx.users.scope}/${path.replaceAll(' ', '%20')}`);
  expect(response.status).toBe(400);
});

test('a day before the database’s calendar, and a revision beyond its integer range, are bad input (faults S17, no. 39)', async () => {
  const { users } = ctx;
  const { id } = await newRecord(users);
  const day = { from: null, to: users.lead.id, what: 'look', due: '0000-01-01' };
  const problem = await users.lead.refused('post /api/records/{record}/next-action', {
    params: { record: id },
    body: day,
  });
  expect(problem).toMatchObject({ status: 400, detail: 'body.due: Has to be between 1900-01-01 and 2999-12-31.' });
  expect((await users.lead.fetch(`/api/records/${id}/revisions/99999999999`)).status).toBe(400);
});
