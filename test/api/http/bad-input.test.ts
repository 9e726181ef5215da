import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Problem } from '#shared/contract/problem.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();

/** Sends raw text, so that the server receives bodies that no client would write. */
async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await ctx.users.lead.fetch(path, {
    method: 'post',
    headers: { 'content-type': 'application/json', 'operation-id': randomUUID(), ...headers },
    body,
  });
  return { response, problem: (await response.json()) as Problem };
}

async function refusedAs(
  status: number,
  path: string,
  body: string,
  headers?: Record<string, string>,
): Promise<Problem> {
  const { response, problem } = await expectNoWrites(ctx.server.db, () => post(path, body, headers));
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(problem.status).toBe(status);
  expect(response.status).toBe(status);
  return problem;
}

const records = () => `/api/scopes/${ctx.users.scope}/records`;
const moveOf = async () => `/api/records/${(await newRecord(ctx.users)).id}/move`;

test('a problem names an invalid field by its path', async () => {
  const path = await moveOf();
  const problem = await refusedAs(400, path, JSON.stringify({ from: 'intake', to: 'nowhere', after: 7 }));
  expect(problem.issues!.map((issue) => issue.path)).toEqual(['body.to', 'body.after']);
  expect(problem.detail).toMatch(/^body\.to: /);
});

test('a problem also names path and query parameters', async () => {
  const { users } = ctx;
  const board = await users.lead.fetch('/api/scopes/not-an-id/board');
  expect(await board.json()).toMatchObject({ status: 400, issues: [{ path: 'path.scope' }] });
  const events = await users.lead.fetch(`/api/scopes/${users.scope}/events?after=-1`);
  expect(await events.json()).toMatchObject({ status: 400, issues: [{ path: 'query.after' }] });
});

test('refuses a write without an operation id', async () => {
  const path = await moveOf();
  for (const id of ['', 'once']) {
    const problem = await refusedAs(400, path, '{"from":"intake","to":"data"}', { 'operation-id': id });
    expect(problem.issues![0]!.path).toBe('header.operation-id');
  }
});

test.each(['', '{', 'null', '[]', '"text"', '{"from":"intake"}'])('%j is not a valid move', async (body) => {
  const problem = await refusedAs(400, await moveOf(), body);
  expect(problem.issues!.every(({ path }) => path.startsWith('body'))).toBe(true);
});

test.each([
  ['a NUL in a value', '{"data":{"CocDataGroup":{"Type":"a\\u0000b"}}}'],
  ['a NUL in a name', '{"data":{"CocDataGroup":{"a\\u0000b":"x"}}}'],
  ['a lone surrogate in a value', '{"data":{"CocDataGroup":{"Type":"\\ud800"}}}'],
  ['a lone surrogate in a name', '{"data":{"CocDataGroup":{"\\udfff":"x"}}}'],
  ['a number where text is asked for', '{"data":{"CocDataGroup":{"Type":7}}}'],
  ['a list of texts', '{"data":{"CocDataGroup":{"Type":["a"]}}}'],
])('refuses %s', async (_, body) => {
  const problem = await refusedAs(400, records(), body);
  expect(problem.issues![0]!.path).toMatch(/^body/);
});

test('refuses endlessly nested data', async () => {
  for (const depth of [2_000, 20_000, 100_000]) {
    await refusedAs(400, records(), `{"data":${'{"a":'.repeat(depth)}"x"${'}'.repeat(depth)}}`);
  }
});

test('a name with a meaning in JavaScript is an ordinary name', async () => {
  const { response } = await post(records(), '{"data":{"__proto__":{"polluted":"x"},"constructor":"y"}}');
  expect(response.status).toBeLessThan(500);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('refuses a NUL in a query instead of passing it to the database', async () => {
  const { users } = ctx;
  for (const query of ['text=%00', `owner=${users.lead.id}%00`, 'text=a%00b&mine=true']) {
    const response = await users.lead.fetch(`/api/scopes/${users.scope}/board?${query}`);
    expect(response.status).toBe(400);
  }
});

test.each(['owner=x', 'mine=perhaps', `text=${'x'.repeat(101)}`, 'blocked=2'])(
  'refuses the filter %s',
  async (query) => {
    const response = await ctx.users.lead.fetch(`/api/scopes/${ctx.users.scope}/board?${query}`);
    expect(await response.json()).toMatchObject({ status: 400, issues: [{ path: expect.stringMatching(/^query\./) }] });
  },
);

test('an unknown API address answers with a 404 problem', async () => {
  const response = await ctx.users.lead.fetch('/api/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ type: 'not-found' });
});

test("[M07] an operation id used for another command does not get that command's answer", async () => {
  const { users } = ctx;
  const card = await newRecord(users);
  const operation = randomUUID();
  await users.lead.call('post /api/records/{record}/duties', {
    params: { record: card.id },
    body: { duty: 'reviewer', from: null, to: users.reviewer.id },
    operation,
  });
  const problem = await expectNoWrites(ctx.server.db, () =>
    users.lead.refused('post /api/records/{record}/exceptions', {
      params: { record: card.id },
      body: { kind: 'other', cause: 'x', waitingFor: null, owner: null, until: null },
      operation,
    }),
  );
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M07' }] });
});

test('refuses an unknown key by name, in the body and in the query (fault S17)', async () => {
  const { users } = ctx;
  const misspelt = await refusedAs(400, await moveOf(), '{"from":"intake","to":"data","reson":"because"}');
  expect(misspelt.issues!.map(({ path }) => path)).toEqual(['body.reson']);
  expect(misspelt.detail).toBe('body.reson: There is no such key here. Leave it out, or correct its name.');
  const response = await users.lead.fetch(`/api/scopes/${users.scope}/board?ower=${users.lead.id}`);
  expect(await response.json()).toMatchObject({ status: 400, issues: [{ path: 'query.ower' }] });
});

test('refuses a repeated query key, because only one would count (fault S17)', async () => {
  const response = await ctx.users.lead.fetch(`/api/scopes/${ctx.users.scope}/board?text=a&text=b`);
  expect(await response.json()).toMatchObject({ status: 400, issues: [{ path: 'query.text' }] });
});

test('a request with more values than any record has is too large, before it is parsed into objects (fault S25)', async () => {
  const keys = Array.from({ length: 60_000 }, (_, at) => `"k${at}":""`).join(',');
  for (const body of [`{"data":{${keys}}}`, `{"data":[${'1,'.repeat(60_000)}1]}`]) {
    expect(await refusedAs(413, records(), body)).toMatchObject({ type: 'too-large' });
  }
});

// Last, because the server closes the connection of the sender.
test('a body over a megabyte is too large', async () => {
  const body = JSON.stringify({ data: { ...vehicle(), Padding: 'x'.repeat(1024 * 1024) } });
  expect(await refusedAs(413, records(), body)).toMatchObject({ type: 'too-large' });
});
