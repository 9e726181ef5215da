import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { stranger } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';

const ground = standOn();
const route = 'post /api/scopes/{scope}/bulk/moves';
const toData = (cards: readonly Pick<Card, 'id'>[], operation: string = randomUUID()) => ({
  params: { scope: ground.cast.scope },
  body: { to: 'data' as const, records: cards.map(({ id }) => ({ record: id, from: 'intake' as const })) },
  operation,
});

test('moves what may be moved, in the order given, and says of each other card why not', async () => {
  const { cast, server } = ground;
  const [one, two] = [await staffedRecord(cast), await staffedRecord(cast)];
  const unowned = await newRecord(cast);
  const elsewhere = await recordIn(ground, 'review');
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.lead.call(route, toData([one, unowned, two, elsewhere, { id: randomUUID() }])),
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

test('sent again it changes nothing and answers the same, also where what was refused would pass by now', async () => {
  const { cast, server } = ground;
  const cards = [await staffedRecord(cast), await newRecord(cast)];
  const ask = toData(cards);
  const first = await cast.lead.call(route, ask);
  const duty = { duty: 'dataOwner' as const, from: null, to: cast.dataOwner.id };
  await cast.lead.call('post /api/records/{record}/duties', { params: { record: cards[1]!.id }, body: duty });
  expect(await withoutTrace(server.db, () => cast.lead.call(route, ask))).toEqual(first);
});

test('sent three times at once it happens once, and each gets the same answer', async () => {
  const { cast, server } = ground;
  const cards = [await staffedRecord(cast), await staffedRecord(cast), await newRecord(cast)];
  const ask = toData(cards);
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    Promise.all([1, 2, 3].map(() => cast.lead.call(route, ask))),
  );
  expect(left).toHaveLength(2);
  for (const one of answer) expect(one).toEqual(answer[0]);
});

test('[O01] what is not theirs to move is refused card by card', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const { left, answer } = await eventsOf(server.db, cast.scope, () => cast.observer.call(route, toData([card])));
  expect(answer.results).toMatchObject([{ card: null, refusal: { type: 'forbidden', findings: [{ rule: 'O01' }] } }]);
  expect(left).toEqual([]);
});

test('[M01] moving a set back needs a reason, for each', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'data');
  const back = (reason?: string) =>
    cast.lead.call(route, {
      params: { scope: cast.scope },
      body: { to: 'intake', records: [{ record: card.id, from: 'data' }], ...(reason ? { reason } : {}) },
    });
  expect((await back()).results[0]!.refusal!.findings).toMatchObject([{ rule: 'M01' }]);
  expect((await back('wrong plant')).results[0]!.card!.stage).toBe('intake');
});

test('at most 200 at once; not for another organisation, and not for a stranger', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  await withoutTrace(server.db, async () => {
    const many = toData(Array.from({ length: 201 }, () => ({ id: randomUUID() })));
    expect(await cast.lead.refused(route, many)).toMatchObject({ status: 400, type: 'invalid' });
    expect(await cast.elsewhere.admin.refused(route, toData([card]))).toMatchObject({ status: 404 });
    expect(await stranger(server).refused(route, toData([card]))).toMatchObject({ status: 401 });
  });
});

const detail = (record: string) => ground.cast.lead.call('get /api/records/{record}', { params: { record } });
