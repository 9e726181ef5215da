import { describe, expect, test } from 'vitest';
import type { ExceptionChanges } from '#shared/contract/exception.ts';
import type { Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

let ahead = 0;
const ground = standOn({ now: () => new Date(Date.now() + ahead) });
const route = 'post /api/records/{record}/exceptions/{exception}/changes';
const closing = 'post /api/records/{record}/exceptions/{exception}/close';

async function raised() {
  const { id } = await newRecord(ground.cast);
  const { exception } = await ground.cast.lead.call('post /api/records/{record}/exceptions', {
    params: { record: id },
    body: { kind: 'other', cause: 'no COP', waitingFor: null, owner: null, until: null },
  });
  return { record: id, exception };
}
const change = (params: { record: string; exception: string }, body: ExceptionChanges) => ({ params, body });
const seen = async ({ record, exception }: { record: string; exception: string }) => {
  const { exceptions } = await ground.cast.lead.call('get /api/records/{record}', { params: { record } });
  return exceptions.find(({ id }) => id === exception)!;
};
const harder = { severity: { from: 'major' as const, to: 'critical' as const } };

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'exception.changed',
    ground,
    occasion: async () => ({
      by: ground.cast.dataOwner,
      ask: change(await raised(), harder),
      trail: ground.cast.scope,
    }),
  }));

test('what is said changes, the card follows, and the event holds before and after', async () => {
  const { cast, server } = ground;
  const one = await raised();
  const changes: ExceptionChanges = {
    kind: { from: 'other', to: 'delivery' },
    cause: { from: 'no COP', to: 'no COP from plant 2' },
    owner: { from: null, to: cast.signatory.id },
    until: { from: null, to: '2027-01-31' },
    blocks: { from: 'review', to: 'output' },
  };
  const { answer, left } = await eventsOf(server.db, cast.scope, () => cast.reviewer.call(route, change(one, changes)));
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'no COP from plant 2' });
  expect(left[0]!.body).toEqual({
    exception: one.exception,
    cause: 'no COP from plant 2',
    before: { kind: 'other', cause: 'no COP', owner: null, until: null, blocks: 'review' },
    after: {
      kind: 'delivery',
      cause: 'no COP from plant 2',
      owner: cast.signatory.id,
      until: '2027-01-31',
      blocks: 'output',
    },
  });
  expect(await seen(one)).toMatchObject({ kind: 'delivery', owner: cast.signatory.id, blocks: 'output' });
});

test('whose turn it is moves the clock, whole seconds to the side that had it', async () => {
  const one = await raised();
  ahead += 3_600_000;
  await ground.cast.lead.call(route, change(one, { waitingOn: { from: 'us', to: 'others' } }));
  const { waited, waitingOn } = await seen(one);
  expect(waitingOn).toBe('others');
  expect(waited.us).toBeGreaterThanOrEqual(3600);
  expect(waited.us).toBeLessThan(3610);
  expect(waited.others).toBe(0);
  ahead += 7_200_000;
  await ground.cast.lead.call(closing, { params: one, body: { resolution: 'came' } });
  const closed = (await seen(one)).waited;
  expect(closed.us).toBe(waited.us);
  expect(closed.others).toBeGreaterThanOrEqual(7200);
  expect(closed.others).toBeLessThan(7210);
});

test('it is stale only where a field it touches changed, or it was closed', async () => {
  const { cast, server } = ground;
  const one = await raised();
  await cast.lead.call(route, change(one, harder));
  await cast.reviewer.call(route, change(one, { waitingFor: { from: null, to: 'plant 2' } }));
  const late = await withoutTrace(server.db, () => cast.reviewer.refused(route, change(one, harder)));
  expect(late).toMatchObject({ status: 409, current: 'critical' });
  await cast.lead.call(closing, { params: one, body: { resolution: 'came' } });
  const over = await withoutTrace(server.db, () =>
    cast.reviewer.refused(route, change(one, { until: { from: null, to: '2027-01-31' } })),
  );
  expect(over).toMatchObject({ status: 409, current: 'came' });
});

test('what is so already leaves no event', async () => {
  const { cast, server } = ground;
  const one = await raised();
  const { left } = await eventsOf(server.db, cast.scope, () =>
    cast.lead.call(route, change(one, { kind: { from: 'other', to: 'other' } })),
  );
  expect(left).toEqual([]);
});

test('[O01] who may not, and whom it cannot be given to', async () => {
  const { cast, server } = ground;
  const one = await raised();
  const other = await newRecord(cast);
  const refusals: [Client, ReturnType<typeof change>, number][] = [
    [cast.observer, change(one, harder), 403],
    [cast.lead, change({ ...one, record: other.id }, harder), 404],
    [cast.lead, change(one, { owner: { from: null, to: cast.elsewhere.admin.id } }), 404],
  ];
  await withoutTrace(server.db, async () => {
    for (const [who, ask, status] of refusals) expect(await who.refused(route, ask)).toMatchObject({ status });
  });
});
