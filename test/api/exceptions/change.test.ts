import { describe, expect, test } from 'vitest';
import type { ExceptionChanges } from '#shared/contract/exception.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

let ahead = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + ahead) });
const route = 'post /api/records/{record}/exceptions/{exception}/changes';
const closing = 'post /api/records/{record}/exceptions/{exception}/close';

async function raised() {
  const { id } = await newRecord(ctx.users);
  const { exception } = await ctx.users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: id },
    body: { kind: 'other', cause: 'no COP', waitingFor: null, owner: null, until: null },
  });
  return { record: id, exception };
}
const change = (params: { record: string; exception: string }, body: ExceptionChanges) => ({ params, body });
const seen = async ({ record, exception }: { record: string; exception: string }) => {
  const { exceptions } = await ctx.users.lead.call('get /api/records/{record}', { params: { record } });
  return exceptions.find(({ id }) => id === exception)!;
};
const harder = { severity: { from: 'major' as const, to: 'critical' as const } };

describe('every verb', () =>
  commandContract({
    route,
    kind: 'exception.changed',
    ctx,
    occasion: async () => ({
      by: ctx.users.dataOwner,
      ask: change(await raised(), harder),
      trail: ctx.users.scope,
    }),
  }));

test('updates the fields and the card, and the event holds the values before and after', async () => {
  const { users, server } = ctx;
  const one = await raised();
  const changes: ExceptionChanges = {
    kind: { from: 'other', to: 'delivery' },
    cause: { from: 'no COP', to: 'no COP from plant 2' },
    owner: { from: null, to: users.signatory.id },
    until: { from: null, to: '2027-01-31' },
    blocks: { from: 'review', to: 'output' },
  };
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.reviewer.call(route, change(one, changes)),
  );
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'no COP from plant 2' });
  expect(left[0]!.body).toEqual({
    exception: one.exception,
    cause: 'no COP from plant 2',
    before: { kind: 'other', cause: 'no COP', owner: null, until: null, blocks: 'review' },
    after: {
      kind: 'delivery',
      cause: 'no COP from plant 2',
      owner: users.signatory.id,
      until: '2027-01-31',
      blocks: 'output',
    },
  });
  expect(await seen(one)).toMatchObject({ kind: 'delivery', owner: users.signatory.id, blocks: 'output' });
});

test('changing the side moves the clock: whole seconds count for the side that had the turn', async () => {
  const one = await raised();
  ahead += 3_600_000;
  await ctx.users.lead.call(route, change(one, { waitingOn: { from: 'us', to: 'others' } }));
  const { waited, waitingOn } = await seen(one);
  expect(waitingOn).toBe('others');
  expect(waited.us).toBeGreaterThanOrEqual(3600);
  expect(waited.us).toBeLessThan(3610);
  expect(waited.others).toBe(0);
  ahead += 7_200_000;
  await ctx.users.lead.call(closing, { params: one, body: { resolution: 'came' } });
  const closed = (await seen(one)).waited;
  expect(closed.us).toBe(waited.us);
  expect(closed.others).toBeGreaterThanOrEqual(7200);
  expect(closed.others).toBeLessThan(7210);
});

test('is stale only if a field it changes was changed, or the exception was closed', async () => {
  const { users, server } = ctx;
  const one = await raised();
  await users.lead.call(route, change(one, harder));
  await users.reviewer.call(route, change(one, { waitingFor: { from: null, to: 'plant 2' } }));
  const late = await expectNoWrites(server.db, () => users.reviewer.refused(route, change(one, harder)));
  expect(late).toMatchObject({ status: 409, current: 'critical' });
  await users.lead.call(closing, { params: one, body: { resolution: 'came' } });
  const over = await expectNoWrites(server.db, () =>
    users.reviewer.refused(route, change(one, { until: { from: null, to: '2027-01-31' } })),
  );
  expect(over).toMatchObject({ status: 409, current: 'came' });
});

test('setting the present values leaves no event', async () => {
  const { users, server } = ctx;
  const one = await raised();
  const { left } = await eventsOf(server.db, users.scope, () =>
    users.lead.call(route, change(one, { kind: { from: 'other', to: 'other' } })),
  );
  expect(left).toEqual([]);
});

test('[O01] denies people without the permission and invalid owners', async () => {
  const { users, server } = ctx;
  const one = await raised();
  const other = await newRecord(users);
  const refusals: [Client, ReturnType<typeof change>, number][] = [
    [users.observer, change(one, harder), 403],
    [users.lead, change({ ...one, record: other.id }, harder), 404],
    [users.lead, change(one, { owner: { from: null, to: users.elsewhere.admin.id } }), 404],
  ];
  await expectNoWrites(server.db, async () => {
    for (const [who, ask, status] of refusals) expect(await who.refused(route, ask)).toMatchObject({ status });
  });
});
