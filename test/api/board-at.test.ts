import { and, eq, lte } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { EventKind } from '#shared/contract/event.ts';
import type { Board, Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward, stageKeys } from '#shared/domain/operating-model.ts';
import { events, standups, trails } from '#server/db/schema.ts';
import { createRecords } from '#server/commands/create-records.ts';
import { registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { actAtRandom } from '#test/support/random-days.ts';
import { seeded } from '#test/support/seeded.ts';
import { newRecord, readyRecord, vehicle } from '#test/support/records.ts';
import { settled, withoutTrace } from '#test/support/trace.ts';

let now = new Date('2026-11-23T08:00:00.000Z');
const ground = standOn({ now: () => now });

const boardRoute = 'get /api/scopes/{scope}/board';
const pastRoute = 'get /api/scopes/{scope}/board-at';
const here = () => ({ params: { scope: ground.cast.scope } });
const present = (query: { blocked?: boolean; unowned?: boolean } = {}) =>
  ground.cast.lead.call(boardRoute, { ...here(), query });

/** Every card of a board, by its windows: what `next` leads to is asked for until there is none. */
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
  const params = { scope: ground.cast.scope, stage };
  return seq === undefined
    ? ground.cast.lead.call('get /api/scopes/{scope}/stages/{stage}/cards', { params, query: { after } })
    : ground.cast.lead.call('get /api/scopes/{scope}/stages/{stage}/cards-at', { params, query: { seq, after } });
};

test('a few hundred random acts later, every recorded board is answered as it was, and `since` is what differs', async () => {
  const { cast, server } = ground;
  const random = seeded(20_261_124).below;
  const approval = await registerOne(cast);
  for (let ready = 0; ready < 8; ready++) await readyRecord(ground, vehicleUnder(approval));
  const drafts = Array.from({ length: 24 }, () => ({
    data: vehicle(),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(cast.lead), { scope: cast.scope, drafts });
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
    await actAtRandom(ground, random, cards, approval);
  }
  await settled(server.db);
  const last = await wholeBoard(await present());
  for (const { board, blocked, unowned, cards, at } of snapshots) {
    const { seq } = board;
    const past = await cast.lead.call(pastRoute, { ...here(), query: { seq } });
    expect(past.columns).toEqual(board.columns);
    expect(await wholeBoard(past, seq)).toEqual(cards);
    const byMoment = await cast.lead.call(pastRoute, { ...here(), query: { at } });
    expect([byMoment.seq, byMoment.columns]).toEqual([seq, board.columns]);
    const filtered = await cast.lead.call(pastRoute, { ...here(), query: { seq, blocked: true } });
    expect(filtered.columns).toEqual(blocked.columns);
    const nobodys = await cast.lead.call(pastRoute, { ...here(), query: { seq, unowned: true } });
    expect(nobodys.columns).toEqual(unowned.columns);
    const { totals } = await cast.lead.call('get /api/scopes/{scope}/since', { ...here(), query: { from: seq } });
    expect(totals).toMatchObject(differences(cards, last));
  }
  const happened = await server.db
    .selectDistinct({ kind: events.kind })
    .from(events)
    .where(eq(events.trailId, cast.scope));
  expect(happened.map(({ kind }) => kind)).toEqual(expect.arrayContaining(acted));
  expect(differences(snapshots[0]!.cards, last).movedOn).toBeGreaterThan(0);
}, 240_000);

/** What the random acts have to have led to, for the test to say anything. */
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

/** The totals of `since`, from two boards alone. */
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

test('steps lead to the event, the standup and the day before and after, and nowhere past the ends', async () => {
  const { cast, server } = ground;
  const from = (await present()).seq;
  now = new Date('2026-12-01T10:00:00.000Z');
  await newRecord(cast);
  const seq = from + 1;
  const standup = {
    scopeId: cast.scope,
    startedBy: cast.lead.id,
    leaderId: cast.lead.id,
    startedAt: now,
    positionSince: now,
    endedAt: now,
    recordBox: 60,
    totalBox: 600,
  };
  await server.db.insert(standups).values({ ...standup, seq });
  now = new Date('2026-12-03T10:00:00.000Z');
  await newRecord(cast);
  await newRecord(cast);
  const newest = await cast.lead.call(pastRoute, { ...here(), query: {} });
  expect(newest).toMatchObject({ seq: seq + 2, present: seq + 2, event: { kind: 'record.created', seq: seq + 2 } });
  expect(newest.steps).toEqual({
    event: { back: seq + 1, on: null },
    standup: { back: seq, on: null },
    day: { back: seq, on: null },
  });
  const earlier = await cast.lead.call(pastRoute, { ...here(), query: { seq: seq - 1 } });
  expect(earlier.steps).toMatchObject({
    event: { back: seq - 2, on: seq },
    standup: { back: null, on: seq },
    day: { on: seq },
  });
  const between = await cast.lead.call(pastRoute, { ...here(), query: { at: '2026-12-02T00:00:00.000Z' } });
  expect(between).toMatchObject({ seq, steps: { day: { on: seq + 2 } } });
  const beginning = await cast.lead.call(pastRoute, { ...here(), query: { seq: 0 } });
  expect(beginning.columns.map(({ count, cards }) => [count, cards.length])).toEqual(stageKeys.map(() => [0, 0]));
});

test('a past board changes nothing, and outsiders do not find it', async () => {
  const { cast, server } = ground;
  await withoutTrace(server.db, async () => {
    await cast.observer.call(pastRoute, { ...here(), query: { seq: 5 } });
    const { admin } = cast.elsewhere;
    expect(await admin.refused(pastRoute, { ...here(), query: { seq: 5 } })).toMatchObject({ status: 404 });
    expect(await admin.refused('get /api/scopes/{scope}/since', { ...here(), query: { from: 5 } })).toMatchObject({
      status: 404,
    });
  });
});

test('[M36] a board is refused where it was not kept how a card stood, and says since when nothing is missing', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  const { seq } = await present();
  await cast.lead.call('post /api/records/{record}/next-action', {
    params: { record: card.id },
    body: { from: null, to: cast.lead.id, what: 'Look', due: null },
  });
  await server.db
    .update(events)
    .set({ card: null })
    .where(and(eq(events.recordId, card.id), lte(events.seq, seq)));
  expect(await cast.lead.refused(pastRoute, { ...here(), query: { seq } })).toMatchObject({
    findings: [{ rule: 'M36', params: { why: 'kept', count: 1 } }],
  });
  const kept = await cast.lead.call(pastRoute, { ...here(), query: { seq: seq + 1 } });
  expect(kept.columns).toEqual((await present()).columns);
});

test('[M36] a board further back than its events are gone through is refused, and says from when on it is shown', async () => {
  const { cast, server } = ground;
  const trail = eq(trails.id, cast.scope);
  const { lastSeq } = (await server.db.select().from(trails).where(trail))[0]!;
  const [third] = await server.db
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.trailId, cast.scope), eq(events.seq, 3)));
  await server.db.update(trails).set({ lastSeq: 10_003 }).where(trail);
  const refusal = await cast.lead.refused(pastRoute, { ...here(), query: { seq: 2 } });
  await server.db.update(trails).set({ lastSeq }).where(trail);
  expect(refusal).toMatchObject({
    status: 422,
    findings: [{ rule: 'M36', params: { why: 'reach', from: third!.at.toISOString(), count: 10_000 } }],
  });
  expect(refusal.detail).toContain('choose that moment or a later one');
});
