import { expect, test } from 'vitest';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { useTestServer } from '#test/support/context.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const writes = (Object.entries(routes) as [string, Route][]).filter(([, { write }]) => write);

/** Sends a write with ids that do not exist: the person is checked before anything else. */
const send = ({ path, method }: Route, headers: Record<string, string>, as = ctx.users.lead) =>
  as.fetch(path.replaceAll(/\{\w+\}/g, crypto.randomUUID()), {
    method: method.toUpperCase(),
    headers: { 'operation-id': crypto.randomUUID(), ...headers },
  });

test.each(writes)('%s: refused from a page of another person, without any write (fault no. 2)', async (_, route) => {
  const { server, users } = ctx;
  const answer = await expectNoWrites(server.db, () => send(route, { 'person-id': users.reviewer.id }));
  expect([answer.status, await answer.json()]).toMatchObject([403, { type: 'other-person' }]);
  for (const headers of [{ 'person-id': users.lead.id }, {}] as Record<string, string>[]) {
    expect(await (await send(route, headers)).json()).not.toMatchObject({ type: 'other-person' });
  }
});

test('a page whose session ended has to sign in, on open routes too (fault no. 2)', async () => {
  const { lead } = ctx.users;
  const nobody = { ...lead, fetch: (path: string, init: RequestInit) => fetch(`${ctx.server.url}${path}`, init) };
  for (const [, route] of writes) {
    const answer = await send(route, { 'person-id': lead.id }, nobody as typeof lead);
    expect([route.path, answer.status]).toEqual([route.path, 401]);
  }
});
