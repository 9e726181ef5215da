import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { events, notifications, records, trails, waivers } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { endWaivers } from '#server/jobs/waiver-ends.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { rulesOf, settingsWith, tried } from '#test/support/rules.ts';
import { asking, decide, inDays, waived, withoutMass } from '#test/support/waivers.ts';

/** Needs several concurrent connections: PostgreSQL. */
const ctx = useTestServer();

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { problem?: { type: string } }) => error.problem?.type ?? 'broken',
  );

async function owned() {
  const { users } = ctx;
  const { id } = await newRecord(users);
  const body = { duty: 'dataOwner' as const, from: null, to: users.dataOwner.id };
  await users.lead.call('post /api/records/{record}/duties', { params: { record: id }, body });
  return id;
}

const move = (record: string, from: 'intake' | 'data', to: 'intake' | 'data') =>
  ctx.users.lead.call('post /api/records/{record}/move', { params: { record }, body: { from, to, reason: 'race' } });

async function consistent() {
  const { server, users } = ctx;
  expect(await checkTrails(server.db)).toMatchObject({ breaks: [] });
  const [trail] = await server.db.select().from(trails).where(eq(trails.id, users.scope));
  const numbers = await server.db
    .select({ seq: events.seq })
    .from(events)
    .where(eq(events.trailId, users.scope))
    .orderBy(asc(events.seq));
  expect(numbers.map(({ seq }) => seq)).toEqual(Array.from({ length: trail!.lastSeq }, (_, index) => index + 1));
  const rows = await server.db
    .select({ stage: records.stage, waived: records.waived })
    .from(records)
    .where(eq(records.scopeId, users.scope));
  for (const stage of stageKeys)
    expect([trail!.counts[stage] ?? 0, trail!.counts[`${stage}.waived`] ?? 0]).toEqual([
      rows.filter((row) => row.stage === stage).length,
      rows.filter((row) => row.stage === stage && row.waived > 0).length,
    ]);
}

test('of twenty concurrent moves of one card exactly one succeeds, and the others are stale', async () => {
  const record = await owned();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(move(record, 'intake', 'data'))));
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'stale')).toHaveLength(19);
  await consistent();
});

test('concurrent moves of many cards to and fro all happen, with gapless numbers and correct counts', async () => {
  const cards = await Promise.all(Array.from({ length: 12 }, owned));
  const walk = async (record: string) => {
    for (let n = 0; n < 6; n++) await (n % 2 === 0 ? move(record, 'intake', 'data') : move(record, 'data', 'intake'));
  };
  expect(new Set(await Promise.all(cards.map((card) => outcome(walk(card)))))).toEqual(new Set(['done']));
  await consistent();
});

test('of ten records created with one VIN concurrently exactly one exists', async () => {
  const { users, server } = ctx;
  const data = vehicle();
  const params = { scope: users.scope };
  const create = () => outcome(users.dataOwner.call('post /api/scopes/{scope}/records', { params, body: { data } }));
  const outcomes = await Promise.all(Array.from({ length: 10 }, create));
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'refused')).toHaveLength(9);
  const { VehicleIdentificationNumber: vin } = data['CocDataGroup'] as { VehicleIdentificationNumber: string };
  expect(await server.db.select().from(records).where(eq(records.vin, vin))).toHaveLength(1);
  await consistent();
});

test('cards dropped into one gap concurrently have the same order for everybody', async () => {
  const cards = await Promise.all(Array.from({ length: 8 }, owned));
  const anchor = cards[0]!;
  const drop = (record: string) =>
    ctx.users.lead.call('post /api/records/{record}/move', {
      params: { record },
      body: { from: 'intake', to: 'intake', after: anchor },
    });
  expect(new Set(await Promise.all(cards.slice(1).map((card) => outcome(drop(card)))))).toEqual(new Set(['done']));
  expect(await outcome(drop(cards[3]!))).toBe('done');
  await consistent();
});

test('of ten concurrent changes of the rules exactly one succeeds, and the others are stale', async () => {
  const { users } = ctx;
  const proposed = Array.from({ length: 10 }, (_, index) => settingsWith({ waiverDays: 100 + index }));
  for (const settings of proposed) await tried(ctx, settings);
  const { version } = (await rulesOf(ctx)).present;
  const params = { organisation: users.organisation };
  const outcomes = await Promise.all(
    proposed.map((settings) => {
      const body = { from: version, settings, note: 'race' };
      return outcome(users.admin.call('post /api/organisations/{organisation}/rules', { params, body }));
    }),
  );
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'stale')).toHaveLength(9);
  expect((await rulesOf(ctx)).present.version).toBe(version + 1);
  await consistent();
});

test('of ten concurrent proposals of one waiver exactly one is pending, and of two concurrent decisions exactly one succeeds', async () => {
  const { users, server } = ctx;
  const { id } = await withoutMass(ctx);
  const propose = () => outcome(users.dataOwner.call('post /api/scopes/{scope}/waivers', asking(ctx, [id])));
  const asked = await Promise.all(Array.from({ length: 10 }, propose));
  expect(asked.toSorted()).toEqual(['done', ...Array.from({ length: 9 }, () => 'refused')]);
  const [waiver] = await server.db.select().from(waivers).where(eq(waivers.recordId, id));
  const decided = await Promise.all(
    [users.lead, users.reviewer, users.lead, users.reviewer].map((by) => outcome(decide(by, waiver!.id))),
  );
  expect(decided.toSorted()).toEqual(['done', 'stale', 'stale', 'stale']);
  const [card] = await server.db.select().from(records).where(eq(records.id, id));
  expect(card!.waived).toBe(1);
  await consistent();
});

test('two processes that end waivers concurrently end each once, while people extend and revoke', async () => {
  const { users, server } = ctx;
  const held = [];
  for (let n = 0; n < 6; n++) held.push(await waived(ctx, { endsOn: inDays(ctx, 0) }));
  const { waiver: revoked } = held[0]!;
  const tomorrow = { ...server.services, now: () => new Date(Date.now() + 86_400_000) };
  await Promise.all([
    endWaivers(tomorrow),
    endWaivers(tomorrow),
    outcome(
      users.lead.call('post /api/waivers/{waiver}/revocation', { params: { waiver: revoked }, body: { why: 'race' } }),
    ),
  ]);
  const ends = await server.db.select().from(events).where(eq(events.trailId, users.scope));
  for (const { waiver } of held) {
    const ended = ends.filter(
      ({ kind, body }) =>
        ['waiver.expired', 'waiver.revoked'].includes(kind) && 'waiver' in body && body.waiver === waiver,
    );
    expect(ended).toHaveLength(1);
    const told = await server.db
      .select()
      .from(notifications)
      .where(eq(notifications.occasion, `waiver expired ${waiver}`));
    expect(told).toHaveLength(ended[0]!.kind === 'waiver.expired' ? 1 : 0);
  }
  await consistent();
});

test('concurrent proposals on overlapping sets of records finish without a deadlock, one per record', async () => {
  const { users, server } = ctx;
  const ids: string[] = [];
  for (let n = 0; n < 6; n++) ids.push((await withoutMass(ctx)).id);
  const sets = [ids, ids.toReversed(), ids.slice(2), ids.slice(0, 4).toReversed()];
  await Promise.all(sets.map((set) => outcome(users.lead.call('post /api/scopes/{scope}/waivers', asking(ctx, set)))));
  const rows = await server.db.select().from(waivers);
  for (const id of ids) expect(rows.filter(({ recordId }) => recordId === id)).toHaveLength(1);
  await consistent();
});
