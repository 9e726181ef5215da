import { expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const route = 'post /api/organisations/{organisation}/scopes';
let opened = 0;
const open = (prefix = `S${++opened}`) => ({
  params: { organisation: ctx.users.organisation },
  body: { name: 'Camper vans', prefix },
});

test('creates a scope with its creator as lead, with its own trail', async () => {
  const { users } = ctx;
  const ask = open();
  const { scope } = await users.admin.call(route, ask);
  const view = await users.admin.call('get /api/scopes/{scope}', { params: { scope } });
  expect(view).toMatchObject({
    name: 'Camper vans',
    state: 'pilot',
    records: 0,
    own: { admin: true, duties: ['lead'] },
  });
  expect(view.stages).toHaveLength(7);
  const { events } = await users.admin.call('get /api/scopes/{scope}/activity', { params: { scope }, query: {} });
  expect(events).toMatchObject([{ seq: 1, kind: 'scope.created', actor: { id: users.admin.id }, body: ask.body }]);
});

test('resending the same operation id creates no second scope', async () => {
  const { users, server } = ctx;
  const ask = { ...open(), operation: crypto.randomUUID() };
  const first = await users.admin.call(route, ask);
  expect(await expectNoWrites(server.db, () => users.admin.call(route, ask))).toEqual(first);
});

test('[M04] a prefix in use is refused; another organisation may use it', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.admin.refused(route, open('PT')));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M04', params: { prefix: 'PT' } }] });
  expect((await users.elsewhere.admin.call('get /api/scopes', {})).scopes[0]!.prefix).toBe('PT');
});

test('[O04] requires an administrator', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, open()));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
});

test.each(['Vans \u202Esnav', '\u3164', 'Vans\u0000', 'x'.repeat(81)])(
  'a deceptive name is refused: %j (fault S5)',
  async (name) => {
    const { users, server } = ctx;
    const { params, body } = open();
    const ask = { params, body: { ...body, name } };
    const problem = await expectNoWrites(server.db, () => users.admin.refused(route, ask));
    expect(problem).toMatchObject({ status: 400, type: 'invalid', issues: [{ path: 'body.name' }] });
  },
);

test('another organisation is not found', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.elsewhere.admin.refused(route, open()));
  expect(problem).toMatchObject({ status: 404 });
});
