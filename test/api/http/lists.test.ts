import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, staffedRecord, vehicle } from '#test/support/records.ts';

const ctx = useTestServer();
const cardsRoute = 'get /api/scopes/{scope}/stages/{stage}/cards';

async function everyWindow(query: { mine?: boolean; text?: string } = {}): Promise<Card[]> {
  const { users } = ctx;
  const cards: Card[] = [];
  let after: string | undefined;
  do {
    const column = await users.lead.call(cardsRoute, {
      params: { scope: users.scope, stage: 'intake' },
      query: { ...query, after },
    });
    cards.push(...column.cards);
    after = column.next ?? undefined;
  } while (after);
  return cards;
}

async function fill(count: number): Promise<string[]> {
  const { users, server } = ctx;
  const drafts = Array.from({ length: count }, () => ({
    data: vehicle(),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  const { created } = await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  return created.map((one) => (one.state === 'created' ? one.card.id : ''));
}

test('the windows of a column return every card once, in order, including a window that ends exactly at the end', async () => {
  const { users } = ctx;
  const ids = await fill(20);
  const { columns } = await users.lead.call('get /api/scopes/{scope}/board', {
    params: { scope: users.scope },
    query: {},
  });
  expect(columns.map(({ stage }) => stage)).toEqual([
    'intake',
    'data',
    'review',
    'output',
    'signing',
    'delivery',
    'archive',
  ]);
  expect(columns[0]).toMatchObject({ count: 20, next: null });
  ids.push(...(await fill(31)));
  expect((await everyWindow()).map(({ id }) => id)).toEqual(ids);
});

test('a card that moves between two windows appears at most once', async () => {
  const { users } = ctx;
  const params = { scope: users.scope, stage: 'intake' as const };
  const first = await users.lead.call(cardsRoute, { params, query: {} });
  await move(users.lead, first.cards[3]!, 'intake', { after: null });
  const second = await users.lead.call(cardsRoute, { params, query: { after: first.next! } });
  const seen = [...first.cards, ...second.cards].map(({ id }) => id);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a filter matches any part of VIN, reference and type, counts its matches, and treats special characters literally', async () => {
  const { users } = ctx;
  const card = await newRecord(users);
  for (const text of [card.vin!.slice(-6).toLowerCase(), card.reference, ` ${card.reference} `]) {
    expect((await everyWindow({ text })).map(({ id }) => id)).toEqual([card.id]);
  }
  for (const text of ['%', '_', '\\', "' or 1=1 --"]) expect(await everyWindow({ text })).toEqual([]);
  const { columns } = await users.lead.call('get /api/scopes/{scope}/board', {
    params: { scope: users.scope },
    query: { text: card.reference },
  });
  expect(columns.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0]);
});

test('filters by owner, mine and blocked', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  await move(users.lead, card, 'data');
  const ask = (query: { owner?: string; mine?: boolean; blocked?: boolean }, who = users.dataOwner) =>
    who.call('get /api/scopes/{scope}/board', { params: { scope: users.scope }, query });
  const found = async (...args: Parameters<typeof ask>) =>
    (await ask(...args)).columns.flatMap(({ cards }) => cards.map(({ id }) => id));
  expect(await found({ mine: true })).toEqual([card.id]);
  expect(await found({ owner: users.dataOwner.id }, users.lead)).toEqual([card.id]);
  expect(await found({ mine: true }, users.lead)).toEqual([]);
  expect(await found({ blocked: true })).toEqual([]);
  await users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: card.id },
    body: { kind: 'other', cause: 'x', waitingFor: null, owner: null, until: null },
  });
  expect(await found({ blocked: true })).toEqual([card.id]);
});

test('activity returns every event once, newest first', async () => {
  const { users } = ctx;
  const seqs: number[] = [];
  let before: number | undefined;
  do {
    const page = await users.observer.call('get /api/scopes/{scope}/activity', {
      params: { scope: users.scope },
      query: { before },
    });
    seqs.push(...page.events.map(({ seq }) => seq));
    before = page.next ?? undefined;
  } while (before);
  const { seq } = await users.lead.call('get /api/scopes/{scope}/board', { params: { scope: users.scope }, query: {} });
  expect(seqs).toEqual(Array.from({ length: seq }, (_, index) => seq - index));
});

test('the activity of one record contains only its events', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  const { events } = await users.lead.call('get /api/scopes/{scope}/activity', {
    params: { scope: users.scope },
    query: { record: card.id },
  });
  expect(events.map(({ kind }) => kind)).toEqual([...Array(4).fill('record.assigned'), 'record.created']);
  expect(new Set(events.map(({ record }) => record!.reference))).toEqual(new Set([card.reference]));
});

test('catching up returns missed events in order; too many, or a number ahead, requires reloading the board', async () => {
  const { users } = ctx;
  const params = { scope: users.scope };
  const { seq } = await users.lead.call('get /api/scopes/{scope}/board', { params, query: {} });
  const card = await newRecord(users);
  const moved = await move(users.lead, card, 'intake', { after: null });
  const missed = await users.lead.call('get /api/scopes/{scope}/events', { params, query: { after: seq } });
  expect(missed).toMatchObject({ seq: seq + 2, reload: false });
  expect(missed.events.map((event) => [event.seq, event.kind])).toEqual([
    [seq + 1, 'record.created'],
    [seq + 2, 'record.moved'],
  ]);
  expect(missed.events[1]!.card).toEqual(moved.card);
  const nothing = await users.lead.call('get /api/scopes/{scope}/events', { params, query: { after: seq + 2 } });
  expect(nothing).toEqual({ seq: seq + 2, reload: false, events: [] });
  const ahead = await users.lead.call('get /api/scopes/{scope}/events', { params, query: { after: seq + 3 } });
  expect(ahead).toMatchObject({ seq: seq + 2, reload: true });
  await fill(210);
  const much = await users.lead.call('get /api/scopes/{scope}/events', { params, query: { after: seq } });
  expect(much).toEqual({ seq: seq + 212, reload: true, events: [] });
});
