import { and, eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { checkTrails } from '#server/db/check-trail.ts';
import { events, standups } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { decide, end, endOpen, lead, started, walk } from '#test/support/standups.ts';

/** Needs several concurrent connections: PostgreSQL. */
let late = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + late) });

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { problem?: { type: string } }) => error.problem?.type ?? 'broken',
  );
const read = async (id: string) => ctx.users.lead.call('get /api/standups/{standup}', { params: { standup: id } });

async function overThree() {
  const records = [];
  for (let n = 0; n < 3; n++) records.push((await newRecord(ctx.users)).id);
  return started(ctx, ctx.users.lead, records);
}

test('[M32] of six concurrent starts exactly one opens a standup, and the others get its leader', async () => {
  const { users, server } = ctx;
  await endOpen(ctx);
  const start = (by: typeof users.lead) =>
    outcome(by.call('post /api/scopes/{scope}/standups', { params: { scope: users.scope }, body: {} }));
  const { lead: first, reviewer, dataOwner } = users;
  const outcomes = await Promise.all([first, reviewer, dataOwner, first, reviewer, dataOwner].map(start));
  expect(outcomes.toSorted()).toEqual(['done', ...Array.from({ length: 5 }, () => 'refused')]);
  expect(await server.db.select().from(standups).where(eq(standups.scopeId, users.scope))).toHaveLength(1);
  expect((await checkTrails(server.db)).breaks).toEqual([]);
});

test('of four concurrent takeovers exactly one succeeds, and the others are stale', async () => {
  const { users } = ctx;
  const standup = await overThree();
  late += 60_000;
  const { reviewer, dataOwner, signatory, outputPreparer } = users;
  const people = [reviewer, dataOwner, signatory, outputPreparer];
  const outcomes = await Promise.all(people.map((by) => outcome(lead(by, standup))));
  expect(outcomes.toSorted()).toEqual(['done', 'stale', 'stale', 'stale']);
  expect(await read(standup.id)).toMatchObject({ term: 2, leader: people[outcomes.indexOf('done')]!.id });
});

test('a leader who steps while losing the lead steps before it or not at all', async () => {
  const { users, server } = ctx;
  for (let round = 0; round < 6; round++) {
    const standup = await overThree();
    late += 60_000;
    const [walked, taken] = await Promise.all([
      outcome(walk(users.lead, standup, 1)),
      outcome(lead(users.reviewer, standup)),
    ]);
    expect(taken).toBe('done');
    expect(['done', 'stale']).toContain(walked);
    expect(await read(standup.id)).toMatchObject({ term: 2, position: walked === 'done' ? 1 : 0 });
    const left = await server.db
      .select()
      .from(events)
      .where(and(eq(events.trailId, users.scope), inArray(events.kind, ['standup.walked', 'standup.led'])));
    const mine = left
      .filter(({ body }) => 'standup' in body && body.standup === standup.id)
      .sort((a, b) => a.seq - b.seq);
    expect(mine.map(({ kind }) => kind)).toEqual(
      walked === 'done' ? ['standup.walked', 'standup.led'] : ['standup.led'],
    );
  }
});

test('of five concurrent decisions about one record exactly one succeeds', async () => {
  const { users } = ctx;
  const standup = await overThree();
  const people = [users.lead, users.reviewer, users.dataOwner, users.signatory, users.outputPreparer];
  const outcomes = await Promise.all(
    people.map((by) => outcome(decide(by, standup, 0, { kind: 'nothing', note: by.name }))),
  );
  expect(outcomes.toSorted()).toEqual(['done', ...Array.from({ length: 4 }, () => 'stale')]);
  const { items } = await read(standup.id);
  expect(items[0]!.outcome!.by).toBe(people[outcomes.indexOf('done')]!.id);
});

test('decisions made while the standup ends are in it or refused', async () => {
  const { users } = ctx;
  const standup = await overThree();
  const [ended, ...decided] = await Promise.all([
    outcome(end(users.lead, standup)),
    ...[0, 1, 2].map((position) => outcome(decide(users.lead, standup, position, { kind: 'nothing', note: null }))),
  ]);
  expect(ended).toBe('done');
  const { items } = await read(standup.id);
  expect(items.map((item) => (item.outcome ? 'done' : 'refused'))).toEqual(decided);
});
