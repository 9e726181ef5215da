import { expect, it } from 'vitest';
import { call } from './api.ts';

/** The dependency: a server that gives one answer after the other, and records the operation ids of the requests. */
function server(...answers: (Response | Error)[]) {
  const operations: string[] = [];
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    operations.push(new Headers(init?.headers).get('operation-id')!);
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, operations };
}

const created = () => Response.json({ card: {}, revision: 1 });
const lost = () => new TypeError('Failed to fetch');
const refused = () =>
  Response.json(
    { type: 'refused', title: 'T', status: 422, detail: 'D' },
    { status: 422, headers: { 'content-type': 'application/problem+json' } },
  );
const scope = '0192f0c1-2345-7abc-8def-0123456789ab';

/** Creates records with these makes one after the other; returns the operation id of each attempt. */
async function create(makes: string[], ...answers: (Response | Error)[]) {
  const { fetch, operations } = server(...answers);
  for (const make of makes) {
    const body = { data: { make } };
    await call('post /api/scopes/{scope}/records', { params: { scope }, body, fetch }).catch(() => undefined);
  }
  return operations;
}

it('keeps one operation id from a lost answer to the final one (fault no. 14)', async () => {
  const [first, second, third, fourth] = await create(['A', 'A', 'A', 'A'], lost(), lost(), created(), created());
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(fourth).not.toBe(first);
});

it('uses another id for other content, and after a refusal (fault no. 14)', async () => {
  const [first, second, third, fourth] = await create(['A', 'B', 'B', 'A'], lost(), refused(), created(), created());
  expect(new Set([first, second, third, fourth]).size).toBe(4);
});

it('keeps the id of each target separately', async () => {
  const { fetch, operations } = server(lost(), lost(), created());
  const ask = (id: string) =>
    call('post /api/scopes/{scope}/records', { params: { scope: id }, body: { data: {} }, fetch }).catch(() => null);
  await ask('one');
  await ask('other');
  await ask('one');
  expect(operations[2]).toBe(operations[0]);
  expect(operations[1]).not.toBe(operations[0]);
});
