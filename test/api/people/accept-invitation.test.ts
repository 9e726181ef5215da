import { expect, test } from 'vitest';
import { signedIn, stranger } from '#test/support/client.ts';
import { password } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { invite } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

let now = new Date('2026-11-24T09:00:00Z');
const ctx = useTestServer({ now: () => now });
const route = 'post /api/invitations/{token}';
const newcomer = { name: 'Nils Ohm', password };

test('a newcomer gets an account, the membership and the duties, with an event on both trails', async () => {
  const { users, server } = ctx;
  const { token, email } = await invite(users, { duties: ['reviewer', 'observer'] });
  const nobody = stranger(server);
  const organisation = await eventsOf(server.db, users.organisation, () =>
    eventsOf(server.db, users.scope, () => nobody.call(route, { params: { token }, body: newcomer })),
  );
  const { answer, left } = organisation.answer;
  expect(organisation.left.map(({ kind }) => kind)).toEqual(['person.joined']);
  expect(left).toMatchObject([
    { kind: 'duties.changed', body: { person: answer.person, after: ['reviewer', 'observer'] } },
  ]);
  const person = await signedIn(server, { id: answer.person, name: newcomer.name });
  expect((await person.call('get /api/self', {})).email).toBe(email);
  const view = await person.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
  expect(view.own).toEqual({ admin: false, duties: expect.arrayContaining(['observer', 'reviewer']) });
});

test('a link works once, even for two concurrent requests', async () => {
  const { users, server } = ctx;
  const { token } = await invite(users);
  const nobody = stranger(server);
  const both = await Promise.allSettled([1, 2].map(() => nobody.call(route, { params: { token }, body: newcomer })));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const problem = await expectNoWrites(server.db, () => nobody.refused(route, { params: { token }, body: newcomer }));
  expect(problem).toMatchObject({ status: 404 });
});

test('a link expires after 14 days', async () => {
  const { users, server } = ctx;
  const { token } = await invite(users);
  const before = now;
  now = new Date(before.getTime() + 14 * 86_400_000 + 1);
  const problem = await expectNoWrites(server.db, () =>
    stranger(server).refused(route, { params: { token }, body: newcomer }),
  );
  now = before;
  expect(problem).toMatchObject({ status: 404 });
});

test('[M05] an e-mail that has an account is accepted by that account only', async () => {
  const { users, server } = ctx;
  const { token } = await invite(users, { email: 'Elmo@Elsewhere.example' });
  await expectNoWrites(server.db, async () => {
    for (const other of [stranger(server), users.lead]) {
      expect(await other.refused(route, { params: { token }, body: newcomer })).toMatchObject({
        status: 422,
        findings: [{ rule: 'M05' }],
      });
    }
  });
  await users.elsewhere.admin.call(route, { params: { token }, body: null });
  const { memberships } = await users.elsewhere.admin.call('get /api/self', {});
  expect(memberships.map(({ admin }) => admin).sort()).toEqual([false, true]);
});

test('a newcomer without a name or with a short password is refused with the path', async () => {
  const { users, server } = ctx;
  const { token } = await invite(users);
  const problem = await expectNoWrites(server.db, () =>
    stranger(server).refused(route, { params: { token }, body: { name: ' ', password: 'short' } }),
  );
  expect(problem.issues!.map(({ path }) => path)).toEqual(['body.name', 'body.password']);
});
