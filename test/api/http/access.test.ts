import { beforeAll, expect, test } from 'vitest';
import { routes } from '#shared/contract/routes/all.ts';
import { accessFaults, outsiders, ownRoutes, routeOf, sendAs, type OutsiderClients } from '#test/support/access.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { accessAttempts } from '#test/support/access-attempts.ts';
import { everyRequest } from '#test/support/every-request.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';

const ctx = useTestServer();
let people: OutsiderClients;
beforeAll(async () => void (people = await outsiders(ctx)));

/** Routes open without an account, and the demo: other files test them. */
const apart = ['createOrganisation', 'getDemo'];
const names = Object.keys(everyRequest);

test('every route has a request that succeeds, in test/support/every-request.ts (fault D2)', () => {
  expect([...names, ...apart].sort()).toEqual(Object.keys(routes).sort());
});

test.each(names)(
  '%s: outsiders get the same answer as for a missing resource, entitled people do not (fault D2)',
  async (name) => {
    expect(await accessFaults(ctx, people, name)).toEqual([]);
  },
);

test.each(Object.entries(accessAttempts))('%s: refused (fault D2)', async (_, attempt) => {
  expect(await attempt(ctx, people)).toEqual([]);
});

/** Another person's or organisation's resources, addressed under one's own organisation, scope or record. */
test.each(names.filter((name) => (routeOf(name).path.match(/\{/g) ?? []).length > 1))(
  '%s: foreign resources are not found under one’s own (fault D2)',
  async (name) => {
    const { organisation, scope, admin } = ctx.users.elsewhere;
    const {
      params = {},
      by: _entitled,
      unable: _unable,
      ...ask
    } = await everyRequest[name as keyof typeof routes]!(ctx);
    const [roof] = [...routeOf(name).path.matchAll(/\{(\w+)\}/g)].map(([, key]) => key!);
    const own: Record<string, string | undefined> = { organisation, scope };
    if (roof === 'record') own['record'] = (await newRecord({ ...ctx.users, scope, dataOwner: admin })).id;
    if (!own[roof!] || ['stage', 'revision'].some((key) => key in params)) return;
    const { status } = await sendAs(admin, name, { ...ask, params: { ...params, [roof!]: own[roof!]! } });
    expect(status).toBe(404);
  },
);

test.each(ownRoutes)('%s reveals nothing about other people (fault D2)', async (name) => {
  const { users } = ctx;
  const { by: _entitled, ...ask } = await everyRequest[name]!(ctx);
  const { text } = await sendAs(users.elsewhere.admin, name, ask);
  for (const secret of [users.organisation, users.scope, users.lead.id]) expect(text).not.toContain(secret);
});

test('nobody reads or marks another person’s notifications (fault D2)', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const duties = { scope: users.scope, person: users.reviewer.id, from: ['reviewer' as const] };
  await setDuties(server.services, by(users.admin), { ...duties, to: ['reviewer', 'lead'] });
  const body = { from: null, to: users.reviewer.id, what: 'look', due: null };
  await users.lead.call('post /api/records/{record}/next-action', { params: { record: id }, body });
  const told = async () => (await users.reviewer.call('get /api/notifications', { query: {} })).notifications;
  const [first] = await told();
  expect(first).toMatchObject({ record: { id }, readAt: null });
  for (const other of [users.lead, users.elsewhere.admin]) {
    await other.call('post /api/notifications/read', { body: { notifications: [first!.id] } });
    await other.call('post /api/notifications/read', { body: { notifications: null } });
    const { notifications } = await other.call('get /api/notifications', { query: {} });
    expect(notifications.map((one) => one.id)).not.toContain(first!.id);
  }
  expect((await told())[0]).toMatchObject({ id: first!.id, readAt: null });
});
