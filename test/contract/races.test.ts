import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { events, records, trails } from '#server/db/schema.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { rulesOf, settingsWith, tried } from '#test/support/rules.ts';

/** Needs several connections at once: PostgreSQL. */
const ground = standOn();

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { problem?: { type: string } }) => error.problem?.type ?? 'broken',
  );

async function owned() {
  const { cast } = ground;
  const { id } = await newRecord(cast);
  const body = { duty: 'dataOwner' as const, from: null, to: cast.dataOwner.id };
  await cast.lead.call('post /api/records/{record}/duties', { params: { record: id }, body });
  return id;
}

const move = (record: string, from: 'intake' | 'data', to: 'intake' | 'data') =>
  ground.cast.lead.call('post /api/records/{record}/move', { params: { record }, body: { from, to, reason: 'race' } });

async function consistent() {
  const { server, cast } = ground;
  expect(await checkTrails(server.db)).toMatchObject({ breaks: [] });
  const [trail] = await server.db.select().from(trails).where(eq(trails.id, cast.scope));
  const numbers = await server.db
    .select({ seq: events.seq })
    .from(events)
    .where(eq(events.trailId, cast.scope))
    .orderBy(asc(events.seq));
  expect(numbers.map(({ seq }) => seq)).toEqual(Array.from({ length: trail!.lastSeq }, (_, index) => index + 1));
  const rows = await server.db.select({ stage: records.stage }).from(records).where(eq(records.scopeId, cast.scope));
  for (const stage of stageKeys)
    expect(trail!.counts[stage] ?? 0).toBe(rows.filter((row) => row.stage === stage).length);
}

test('of twenty moves of one card at once exactly one wins, and the others are told it moved', async () => {
  const record = await owned();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(move(record, 'intake', 'data'))));
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'stale')).toHaveLength(19);
  await consistent();
});

test('moves of many cards to and fro at once all happen, with numbers without a gap and true counts', async () => {
  const cards = await Promise.all(Array.from({ length: 12 }, owned));
  const walk = async (record: string) => {
    for (let n = 0; n < 6; n++) await (n % 2 === 0 ? move(record, 'intake', 'data') : move(record, 'data', 'intake'));
  };
  expect(new Set(await Promise.all(cards.map((card) => outcome(walk(card)))))).toEqual(new Set(['done']));
  await consistent();
});

test('of ten records with one VIN created at the same moment exactly one exists', async () => {
  const { cast, server } = ground;
  const data = vehicle();
  const params = { scope: cast.scope };
  const create = () => outcome(cast.dataOwner.call('post /api/scopes/{scope}/records', { params, body: { data } }));
  const outcomes = await Promise.all(Array.from({ length: 10 }, create));
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'refused')).toHaveLength(9);
  const { VehicleIdentificationNumber: vin } = data['CocDataGroup'] as { VehicleIdentificationNumber: string };
  expect(await server.db.select().from(records).where(eq(records.vin, vin))).toHaveLength(1);
  await consistent();
});

test('cards dropped into one gap at the same moment keep one order for everybody', async () => {
  const cards = await Promise.all(Array.from({ length: 8 }, owned));
  const anchor = cards[0]!;
  const drop = (record: string) =>
    ground.cast.lead.call('post /api/records/{record}/move', {
      params: { record },
      body: { from: 'intake', to: 'intake', after: anchor },
    });
  expect(new Set(await Promise.all(cards.slice(1).map((card) => outcome(drop(card)))))).toEqual(new Set(['done']));
  expect(await outcome(drop(cards[3]!))).toBe('done');
  await consistent();
});

test('of ten changes of the rules at once exactly one holds, and the others are told so', async () => {
  const { cast } = ground;
  const proposed = Array.from({ length: 10 }, (_, index) => settingsWith({ waiverDays: 100 + index }));
  for (const settings of proposed) await tried(ground, settings);
  const { version } = (await rulesOf(ground)).present;
  const params = { organisation: cast.organisation };
  const outcomes = await Promise.all(
    proposed.map((settings) => {
      const body = { from: version, settings, note: 'race' };
      return outcome(cast.admin.call('post /api/organisations/{organisation}/rules', { params, body }));
    }),
  );
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'stale')).toHaveLength(9);
  expect((await rulesOf(ground)).present.version).toBe(version + 1);
  await consistent();
});
