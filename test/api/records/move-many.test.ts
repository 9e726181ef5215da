import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { stranger } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const route = 'post /api/scopes/{scope}/bulk/moves';
const toData = (cards: readonly Pick<Card, 'id'>[], operation: string = randomUUID()) => ({
  params: { scope: ctx.users.scope },
  body: { to: 'data' as const, records: cards.map(({ id }) => ({ record: id, from: 'intake' as const })) },
  operation,
});

test('moves what may be moved, in the given order, and returns the refusals of the others', async () => {
  const { users, server } = ctx;
  const [one, two] = [await staffedRecord(users), await staffedRecord(users)];
  const unowned = await newRecord(users);
  const elsewhere = await recordIn(ctx, 'review');
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.lead.call(route, toData([one, unowned, two, elsewhere, { id: randomUUID() }])),
  );
  expect(answer.results.map(({ card, refusal }) => card?.stage ?? refusal!.type)).toEqual([
    'data',
    'refused',
    'data',
    'stale',
    'not-found',
  ]);
  expect(answer.results[1]).toMatchObject({
    reference: unowned.reference,
    refusal: { findings: [{ rule: 'P02', key: 'duty.dataOwner' }] },
  });
  expect(answer.results[3]!.refusal!.current).toBe('review');
  expect(answer.results[4]!.reference).toBeNull();
  expect(left.map(({ kind, recordId }) => [kind, recordId])).toEqual([
    ['record.moved', one.id],
    ['record.moved', two.id],
  ]);
  const ranks = await Promise.all([one, two].map(async ({ id }) => (await detail(id)).card.rank));
  expect(ranks).toEqual([...ranks].sort());
});

test('resending changes nothing and returns the same answer, even if a refused move would pass by now', async () => {
  const { users, server } = ctx;
  const cards = [await staffedRecord(users), await newRecord(users)];
  const ask = toData(cards);
  const first = await users.lead.call(route, ask);
  const duty = { duty: 'dataOwner' as const, from: null, to: users.dataOwner.id };
  await users.lead.call('post /api/records/{record}/duties', { params: { record: cards[1]!.id }, body: duty });
  expect(await expectNoWrites(server.db, () => users.lead.call(route, ask))).toEqual(first);
});

test('sent three times concurrently it runs once, and each request gets the same answer', async () => {
  const { users, server } = ctx;
  const cards = [await staffedRecord(users), await staffedRecord(users), await newRecord(users)];
  const ask = toData(cards);
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    Promise.all([1, 2, 3].map(() => users.lead.call(route, ask))),
  );
  expect(left).toHaveLength(2);
  for (const one of answer) expect(one).toEqual(answer[0]);
});

test('[O01] cards that the person may not move are refused one by one', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const { left, answer } = await eventsOf(server.db, users.scope, () => users.observer.call(route, toData([card])));
  expect(answer.results).toMatchObject([{ card: null, refusal: { type: 'forbidden', findings: [{ rule: 'O01' }] } }]);
  expect(left).toEqual([]);
});

test('[M01] moving a set back needs a reason, for each card', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'data');
  const back = (reason?: string) =>
    users.lead.call(route, {
      params: { scope: users.scope },
      body: { to: 'intake', records: [{ record: card.id, from: 'data' }], ...(reason ? { reason } : {}) },
    });
  expect((await back()).results[0]!.refusal!.findings).toMatchObject([{ rule: 'M01' }]);
  expect((await back('wrong plant')).results[0]!.card!.stage).toBe('intake');
});

test('accepts at most 200 in one request; none for another organisation or an anonymous client', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  await expectNoWrites(server.db, async () => {
    const many = toData(Array.from({ length: 201 }, () => ({ id: randomUUID() })));
    expect(await users.lead.refused(route, many)).toMatchObject({ status: 400, type: 'invalid' });
    expect(await users.elsewhere.admin.refused(route, toData([card]))).toMatchObject({ status: 404 });
    expect(await stranger(server).refused(route, toData([card]))).toMatchObject({ status: 401 });
  });
});

const detail = (record: string) => ctx.users.lead.call('get /api/records/{record}', { params: { record } });
