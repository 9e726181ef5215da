import { expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { withoutTrace } from '#test/support/trace.ts';

const ground = standOn();
const route = 'post /api/organisations/{organisation}/scopes';
let opened = 0;
const open = (prefix = `S${++opened}`) => ({
  params: { organisation: ground.cast.organisation },
  body: { name: 'Camper vans', prefix },
});

test('opens a scope that its maker leads, with a trail of its own', async () => {
  const { cast } = ground;
  const ask = open();
  const { scope } = await cast.admin.call(route, ask);
  const view = await cast.admin.call('get /api/scopes/{scope}', { params: { scope } });
  expect(view).toMatchObject({
    name: 'Camper vans',
    state: 'pilot',
    records: 0,
    own: { admin: true, duties: ['lead'] },
  });
  expect(view.stages).toHaveLength(7);
  const { events } = await cast.admin.call('get /api/scopes/{scope}/activity', { params: { scope }, query: {} });
  expect(events).toMatchObject([{ seq: 1, kind: 'scope.created', actor: { id: cast.admin.id }, body: ask.body }]);
});

test('sent again with the same operation id opens no second scope', async () => {
  const { cast, server } = ground;
  const ask = { ...open(), operation: crypto.randomUUID() };
  const first = await cast.admin.call(route, ask);
  expect(await withoutTrace(server.db, () => cast.admin.call(route, ask))).toEqual(first);
});

test('[M04] a prefix that is taken is refused; another organisation may use it', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.admin.refused(route, open('PT')));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M04', params: { prefix: 'PT' } }] });
  expect((await cast.elsewhere.admin.call('get /api/scopes', {})).scopes[0]!.prefix).toBe('PT');
});

test('[O04] takes an administrator', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, open()));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
});

test.each(['Vans \u202Esnav', '\u3164', 'Vans\u0000', 'x'.repeat(81)])(
  'a name that deceives is refused: %j (fault S5)',
  async (name) => {
    const { cast, server } = ground;
    const { params, body } = open();
    const ask = { params, body: { ...body, name } };
    const problem = await withoutTrace(server.db, () => cast.admin.refused(route, ask));
    expect(problem).toMatchObject({ status: 400, type: 'invalid', issues: [{ path: 'body.name' }] });
  },
);

test('another organisation is not found', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.elsewhere.admin.refused(route, open()));
  expect(problem).toMatchObject({ status: 404 });
});
