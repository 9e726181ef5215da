import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import type { Person } from '#shared/contract/person.ts';
import { signedIn } from '#test/support/client.ts';
import { addMember } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'put /api/scopes/{scope}/people/{person}/duties';
const member = () => addMember(ctx.server.services, ctx.users.organisation, 'Mia Roth', freshEmail());
const set = (person: Person, from: Duty[], to: Duty[]) => ({
  params: { scope: ctx.users.scope, person: person.id },
  body: { from, to },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'duties.changed',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: set(await member(), [], ['observer']),
      trail: ctx.users.scope,
    }),
  }));

test('the duties give a member access to the scope, and an empty list removes it', async () => {
  const { users, server } = ctx;
  const person = await member();
  const client = await signedIn(server, person);
  const params = { scope: users.scope };
  expect(await client.refused('get /api/scopes/{scope}', { params })).toMatchObject({ status: 404 });
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.lead.call(route, set(person, [], ['reviewer', 'dataOwner', 'reviewer'])),
  );
  expect(answer.duties).toEqual(['dataOwner', 'reviewer']);
  expect(left[0]!.body).toEqual({ person: person.id, before: [], after: ['dataOwner', 'reviewer'] });
  expect((await client.call('get /api/scopes/{scope}', { params })).own.duties).toEqual(
    expect.arrayContaining(['dataOwner', 'reviewer']),
  );
  await users.admin.call(route, set(person, ['reviewer', 'dataOwner'], []));
  expect(await client.refused('get /api/scopes/{scope}', { params })).toMatchObject({ status: 404 });
});

test('is stale if the duties differ from what the caller saw', async () => {
  const { users, server } = ctx;
  const person = await member();
  await users.lead.call(route, set(person, [], ['observer']));
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, set(person, [], ['reviewer'])));
  expect(problem).toMatchObject({ status: 409, current: ['observer'] });
});

test('[O01] requires the lead or an administrator', async () => {
  const { users, server } = ctx;
  const person = await member();
  await expectNoWrites(server.db, async () => {
    for (const other of [users.dataOwner, users.observer]) {
      expect(await other.refused(route, set(person, [], ['lead']))).toMatchObject({ status: 403 });
    }
  });
});

test('a person of another organisation is not found', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () =>
    users.admin.refused(route, set(users.elsewhere.admin, [], ['observer'])),
  );
  expect(problem).toMatchObject({ status: 404 });
});
