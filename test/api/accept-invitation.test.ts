import { expect, test } from 'vitest';
import { signedIn, stranger } from '#test/support/client.ts';
import { password } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { invite } from '#test/support/invitation.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';

let now = new Date('2026-11-24T09:00:00Z');
const ground = standOn({ now: () => now });
const route = 'post /api/invitations/{token}';
const newcomer = { name: 'Nils Ohm', password };

test('a newcomer gets an account, the membership and the duties, with an event on both trails', async () => {
  const { cast, server } = ground;
  const { token, email } = await invite(cast, { duties: ['reviewer', 'observer'] });
  const nobody = stranger(server);
  const organisation = await eventsOf(server.db, cast.organisation, () =>
    eventsOf(server.db, cast.scope, () => nobody.call(route, { params: { token }, body: newcomer })),
  );
  const { answer, left } = organisation.answer;
  expect(organisation.left.map(({ kind }) => kind)).toEqual(['person.joined']);
  expect(left).toMatchObject([
    { kind: 'duties.changed', body: { person: answer.person, after: ['reviewer', 'observer'] } },
  ]);
  const person = await signedIn(server, { id: answer.person, name: newcomer.name });
  expect((await person.call('get /api/self', {})).email).toBe(email);
  const view = await person.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
  expect(view.own).toEqual({ admin: false, duties: expect.arrayContaining(['observer', 'reviewer']) });
});

test('a link opens once, even for two at the same moment', async () => {
  const { cast, server } = ground;
  const { token } = await invite(cast);
  const nobody = stranger(server);
  const both = await Promise.allSettled([1, 2].map(() => nobody.call(route, { params: { token }, body: newcomer })));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const problem = await withoutTrace(server.db, () => nobody.refused(route, { params: { token }, body: newcomer }));
  expect(problem).toMatchObject({ status: 404 });
});

test('a link ends after 14 days', async () => {
  const { cast, server } = ground;
  const { token } = await invite(cast);
  const before = now;
  now = new Date(before.getTime() + 14 * 86_400_000 + 1);
  const problem = await withoutTrace(server.db, () =>
    stranger(server).refused(route, { params: { token }, body: newcomer }),
  );
  now = before;
  expect(problem).toMatchObject({ status: 404 });
});

test('[M05] an e-mail that has an account is accepted by that account only', async () => {
  const { cast, server } = ground;
  const { token } = await invite(cast, { email: 'Elmo@Elsewhere.example' });
  await withoutTrace(server.db, async () => {
    for (const other of [stranger(server), cast.lead]) {
      expect(await other.refused(route, { params: { token }, body: newcomer })).toMatchObject({
        status: 422,
        findings: [{ rule: 'M05' }],
      });
    }
  });
  await cast.elsewhere.admin.call(route, { params: { token }, body: null });
  const { memberships } = await cast.elsewhere.admin.call('get /api/self', {});
  expect(memberships.map(({ admin }) => admin).sort()).toEqual([false, true]);
});

test('a newcomer without a name or with a short password is refused with the path', async () => {
  const { cast, server } = ground;
  const { token } = await invite(cast);
  const problem = await withoutTrace(server.db, () =>
    stranger(server).refused(route, { params: { token }, body: { name: ' ', password: 'short' } }),
  );
  expect(problem.issues!.map(({ path }) => path)).toEqual(['body.name', 'body.password']);
});
