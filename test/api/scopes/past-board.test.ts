import { and, eq, lte } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { EventKind } from '#shared/contract/event.ts';
import type { Board, Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward, stageKeys } from '#shared/domain/operating-model.ts';
import { events, standups, trails } from '#server/db/schema.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { actAtRandom } from '#test/support/random-days.ts';
import { seeded } from '#test/support/seeded.ts';
import { newRecord, readyRecord, vehicle } from '#test/support/records.ts';
import { settled, expectNoWrites } from '#test/support/writes.ts';

let now = new Date('2026-11-23T08:00:00.000Z');
const ctx = useTestServer({ now: () => now });

const boardRoute = 'get /api/scopes/{scope}/board';
const pastRoute = 'get /api/scopes/{scope}/board-at';
const inScope = () => ({ params: { scope: ctx.users.scope } });
const present = (query: { blocked?: boolean; unowned?: boolean } = {}) =>
  ctx.users.lead.call(boardRoute, { ...inScope(), query });

/** Every card of a board, read window by window until there is no `next`. */
async function wholeBoard(board: Board, seq?: number): Promise<Map<string, Card>> {
  const cards = new Map<string, Card>();
  for (const { stage, cards: first, next: from } of board.columns) {
    first.forEach((card) => cards.set(card.id, card));
    let next = from;
    while (next) {
      const column = await windowOf(stage, next, seq);
      column.cards.forEach((card) => cards.set(card.id, card));
      ({ next } = column);
    }
  }
  return cards;
}

const windowOf = (stage: StageKey, after: string, seq?: number) => {
  const params = { scope: ctx.users.scope, stage };
  return seq === undefined
    ? ctx.users.lead.call('get /api/scopes/{scope}/stages/{stage}/cards', { params, query: { after } })
    : ctx.users.lead.call('get /api/scopes/{scope}/stages/{stage}/cards-at', { params, query: { seq, after } });
};

test('after a few hundred random actions, every recorded board is returned as it was, and `since` is the difference', async () => {
  const { users, server } = ctx;
  const random = seeded(20_261_124).below;
  const approval = await registerOne(users);
  for (let ready = 0; ready < 8; ready++) await readyRecord(ctx, vehicleUnder(approval));
  const drafts = Array.from({ length: 24 }, () => ({
    data: vehicle(),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  const snapshots: { board: Board; blocked: Board; unowned: Board; cards: Map<string, Card>; at: string }[] = [];
  for (let round = 0; round < 240; round++) {
    now = new Date(now.getTime() + 7 * 60_000);
    const board = await present();
    const cards = board.columns.flatMap((column) => column.cards);
    if (round % 20 === 0) {
      await settled(server.db);
      const settledBoard = await present();
      snapshots.push({
        board: settledBoard,
        blocked: await present({ blocked: true }),
        unowned: await present({ unowned: true }),
        cards: await wholeBoard(settledBoard),
        at: now.toISOString(),
      });
      now = new Date(now.getTime() + 60_000);
    }
    await actAtRandom(ctx, random, cards, approval);
  }
  await settled(server.db);
  const last = await wholeBoard(await present());
  for (const { board, blocked, unowned, cards, at } of snapshots) {
    const { seq } = board;
    const past = await users.lead.call(pastRoute, { ...inScope(), query: { seq } });
    expect(past.columns).toEqual(board.columns);
    expect(await wholeBoard(past, seq)).toEqual(cards);
    const byMoment = await users.lead.call(pastRoute, { ...inScope(), query: { at } });
    expect([byMoment.seq, byMoment.columns]).toEqual([seq, board.columns]);
    const filtered = await users.lead.call(pastRoute, { ...inScope(), query: { seq, blocked: true } });
    expect(filtered.columns).toEqual(blocked.columns);
    const nobodys = await users.lead.call(pastRoute, { ...inScope(), query: { seq, unowned: true } });
    expect(nobodys.columns).toEqual(unowned.columns);
    const { totals } = await users.lead.call('get /api/scopes/{scope}/since', { ...inScope(), query: { from: seq } });
    expect(totals).toMatchObject(differences(cards, last));
  }
  const happened = await server.db
    .selectDistinct({ kind: events.kind })
    .from(events)
    .where(eq(events.trailId, users.scope));
  expect(happened.map(({ kind }) => kind)).toEqual(expect.arrayContaining(acted));
  expect(differences(snapshots[0]!.cards, last).movedOn).toBeGreaterThan(0);
}, 240_000);

/** Outcomes that the random actions must have produced for the test to be meaningful. */
const acted: EventKind[] = [
  'record.created',
  'record.moved',
  'record.edited',
  'record.assigned',
  'record.handedOver',
  'record.judged',
  'exception.raised',
  'exception.closed',
  'document.changed',
];

/** The totals of `since`, computed from two boards alone. */
function differences(then: Map<string, Card>, now: Map<string, Card>) {
  const pairs = [...now].map(([id, card]) => ({ card, was: then.get(id) }));
  const count = (passes: (pair: { card: Card; was: Card | undefined }) => boolean) => pairs.filter(passes).length;
  const stageWas = (was: Card | undefined) => was?.stage ?? 'intake';
  return {
    created: count(({ was }) => !was),
    movedOn: count(({ card, was }) => isForward(stageWas(was), card.stage)),
    movedBack: count(({ card, was }) => isForward(card.stage, stageWas(was))),
    blocked: count(({ card, was }) => card.blocked.count > 0 && !was?.blocked.count),
    freed: count(({ card, was }) => card.blocked.count === 0 && (was?.blocked.count ?? 0) > 0),
  };
}

test('steps lead to the previous and next event, standup and day, and not beyond the ends', async () => {
  const { users, server } = ctx;
  const from = (await present()).seq;
  now = new Date('2026-12-01T10:00:00.000Z');
  await newRecord(users);
  const seq = from + 1;
  const standup = {
    scopeId: users.scope,
    startedBy: users.lead.id,
    leaderId: users.lead.id,
    startedAt: now,
    positionSince: now,
    endedAt: now,
    recordBox: 60,
    totalBox: 600,
  };
  await server.db.insert(standups).values({ ...standup, seq });
  now = new Date('2026-12-03T10:00:00.000Z');
  await newRecord(users);
  await newRecord(users);
  const newest = await users.lead.call(pastRoute, { ...inScope(), query: {} });
  expect(newest).toMatchObject({ seq: seq + 2, present: seq + 2, event: { kind: 'record.created', seq: seq + 2 } });
  expect(newest.steps).toEqual({
    event: { back: seq + 1, on: null },
    standup: { back: seq, on: null },
    day: { back: seq, on: null },
  });
  const earlier = await users.lead.call(pastRoute, { ...inScope(), query: { seq: seq - 1 } });
  expect(earlier.steps).toMatchObject({
    event: { back: seq - 2, on: seq },
    standup: { back: null, on: seq },
    day: { on: seq },
  });
  const between = await users.lead.call(pastRoute, { ...inScope(), query: { at: '2026-12-02T00:00:00.000Z' } });
  expect(between).toMatchObject({ seq, steps: { day: { on: seq + 2 } } });
  const beginning = await users.lead.call(pastRoute, { ...inScope(), query: { seq: 0 } });
  expect(beginning.columns.map(({ count, cards }) => [count, cards.length])).toEqual(stageKeys.map(() => [0, 0]));
});

test('reading a past board changes nothing, and outsiders do not find it', async () => {
  const { users, server } = ctx;
  await expectNoWrites(server.db, async () => {
    await users.observer.call(pastRoute, { ...inScope(), query: { seq: 5 } });
    const { admin } = users.elsewhere;
    expect(await admin.refused(pastRoute, { ...inScope(), query: { seq: 5 } })).toMatchObject({ status: 404 });
    expect(await admin.refused('get /api/scopes/{scope}/since', { ...inScope(), query: { from: 5 } })).toMatchObject({
      status: 404,
    });
  });
});

test('[M36] refuses a board from before cards were kept in events, and returns since when nothing is missing', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  const { seq } = await present();
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: card.id },
    body: { from: null, to: users.lead.id, what: 'Look', due: null },
  });
  await server.db
    .update(events)
    .set({ card: null })
    .where(and(eq(events.recordId, card.id), lte(events.seq, seq)));
  expect(await users.lead.refused(pastRoute, { ...inScope(), query: { seq } })).toMatchObject({
    findings: [{ rule: 'M36', params: { why: 'kept', count: 1 } }],
  });
  const kept = await users.lead.call(pastRoute, { ...inScope(), query: { seq: seq + 1 } });
  expect(kept.columns).toEqual((await present()).columns);
});

test('[M36] refuses a board further back than the event limit, and returns from when on it is available', async () => {
  const { users, server } = ctx;
  const trail = eq(trails.id, users.scope);
  const { lastSeq } = (await server.db.select().from(trails).where(trail))[0]!;
  const [third] = await server.db
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.trailId, users.scope), eq(events.seq, 3)));
  await server.db.update(trails).set({ lastSeq: 10_003 }).where(trail);
  const refusal = await users.lead.refused(pastRoute, { ...inScope(), query: { seq: 2 } });
  await server.db.update(trails).set({ lastSeq }).where(trail);
  expect(refusal).toMatchObject({
    status: 422,
    findings: [{ rule: 'M36', params: { why: 'reach', from: third!.at.toISOString(), count: 10_000 } }],
  });
  expect(refusal.detail).toContain('choose that moment or a later one');
});
