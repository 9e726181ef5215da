import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { createScope } from '#server/commands/scopes/create.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { operations, ruleTrials } from '#server/db/schema.ts';
import { resumeTrials } from '#server/jobs/resume-trials.ts';
import { stranger, type Client } from '#test/support/client.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { accept, move, newRecord, staffedRecord, tickAll, vehicle } from '#test/support/records.ts';
import { letHold, rulesOf, settingsWith, tried } from '#test/support/rules.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const route = 'post /api/organisations/{organisation}/rules/trials';
const variant = 'CocDataGroup/Variant';
let now = '2026-11-20T09:00:00.000Z';
const ctx = useTestServer({ now: () => new Date(now) });

/** The records; the names describe what is special about each. */
let early: Card, padded: Card, lacking: Card, foreign: Card, mended: Card, hidden: Card;

beforeAll(async () => {
  const { users, server } = ctx;
  now = '2026-08-20T09:00:00.000Z';
  early = await readyRecordWith({ [variant]: ' early ' });
  await move(users.lead, early, 'data');
  now = '2026-11-10T09:00:00.000Z';
  padded = await staffedRecord(users, vehicle({ [variant]: ' padded ' }));
  await tickAll(ctx, padded.id);
  await accept(users, padded);
  padded = (await move(users.lead, padded, 'output')).card;
  const archived = await staffedRecord(users, vehicle({ [variant]: ' archived ' }));
  await tickAll(ctx, archived.id);
  await accept(users, archived);
  await move(users.lead, archived, 'archive');
  lacking = await readyRecordWith({ 'CocDataGroup/MaximumSpeed': null });
  foreign = await staffedRecord(users, vehicle({ [vinPath]: 'WZZAA111100000011' }));
  mended = await staffedRecord(users, vehicle({ [vinPath]: 'WZZAA222200000022' }));
  const placed = (await move(users.lead, mended, 'data')).card;
  await move(users.lead, placed, 'data', { after: null });
  const back = (await move(users.lead, placed, 'intake', { reason: 'wrong vehicle' })).card;
  now = '2026-11-10T10:00:00.000Z';
  await users.dataOwner.call('post /api/records/{record}/edits', {
    params: { record: mended.id },
    body: { edits: [{ path: vinPath, from: 'WZZAA222200000022', to: 'YV9AA222200000022' }] },
  });
  mended = (await move(users.lead, back, 'data')).card;
  const { scope } = await createScope(server.services, by(users.admin), {
    organisation: users.organisation,
    name: 'Minibuses',
    prefix: 'MB',
  });
  const duties = {
    scope,
    person: users.admin.id,
    from: ['lead' as const],
    to: ['dataOwner' as const, 'lead' as const],
  };
  await setDuties(server.services, by(users.admin), duties);
  hidden = await newRecord({ ...users, scope }, vehicle({ [vinPath]: 'WZZAA333300000033' }), users.admin);
  await users.admin.call('post /api/records/{record}/duties', {
    params: { record: hidden.id },
    body: { duty: 'dataOwner', from: null, to: users.admin.id },
  });
  now = '2026-11-20T09:00:00.000Z';
});

const readyRecordWith = async (changes: Record<string, string | null>) => {
  const card = await staffedRecord(ctx.users, vehicle(changes));
  await tickAll(ctx, card.id);
  return card;
};

/** Everything but the early move: two through all gates together, one twice out of intake, and one into the archive. */
const moves = 4;
const open = 6;

test('a rule that starts to block: the records it would block, and the moves it would have refused', async () => {
  const { users } = ctx;
  const { records, moves: moved } = await tried(ctx, settingsWith({ severities: { R53: 'error' } }));
  const difference = { stage: 'review', opens: false, rules: ['R53'] };
  expect(records).toMatchObject({ judged: open, of: open, otherwise: 2 });
  expect(records.first.map(({ reference }) => reference)).toEqual([early.reference, padded.reference]);
  expect(records.first[1]).toEqual({
    scope: users.scope,
    record: padded.id,
    reference: padded.reference,
    ...difference,
  });
  expect(moved).toMatchObject({ judged: moves, of: moves, otherwise: 2 });
  expect(moved.first[1]).toEqual({
    scope: users.scope,
    record: padded.id,
    reference: padded.reference,
    ...difference,
    at: '2026-11-10T09:00:00.000Z',
    by: users.lead.name,
    already: false,
  });
});

test('a rule that no longer blocks: the records it would let pass', async () => {
  const { records, moves } = await tried(ctx, settingsWith({ severities: { R50: 'warning' } }));
  expect(records.first).toMatchObject([{ record: lacking.id, stage: 'review', opens: true, rules: ['R50'] }]);
  expect([records.otherwise, moves.otherwise]).toEqual([1, 0]);
});

test('[R05] evaluates a parameter on the data at the time of the move', async () => {
  const { records, moves } = await tried(ctx, settingsWith({ wmis: ['YV9'], severities: { R05: 'error' } }));
  const difference = { stage: 'data', opens: false, rules: ['R05'] };
  expect(records).toMatchObject({
    otherwise: 2,
    first: [
      { record: foreign.id, ...difference },
      { record: hidden.id, ...difference },
    ],
  });
  expect(moves).toMatchObject({
    otherwise: 1,
    first: [{ record: mended.id, at: '2026-11-10T09:00:00.000Z', ...difference }],
  });
});

test('warnings and waiver lengths change no verdict', async () => {
  const { records, moves: moved } = await tried(ctx, settingsWith({ wmis: ['ABC'], waiverDays: 7 }));
  expect([records, moved]).toEqual([
    { judged: open, of: open, otherwise: 0, first: [] },
    { judged: moves, of: moves, otherwise: 0, already: 0, first: [] },
  ]);
});

test('a trial changes nothing but its own state', async () => {
  const { server } = ctx;
  const settings = settingsWith({ severities: { R53: 'error' } });
  const before = await rulesOf(ctx);
  const trial = await expectNoWrites(server.db, () => tried(ctx, settings), [ruleTrials, operations]);
  expect(await rulesOf(ctx)).toEqual(before);
  const [row] = await server.db.select().from(ruleTrials).where(eq(ruleTrials.id, trial.id));
  expect(row).toMatchObject({ state: 'done', settings });
});

test('resending the same operation id returns the same trial', async () => {
  const { admin, organisation } = ctx.users;
  const ask = { params: { organisation }, body: settingsWith({ waiverDays: 11 }), operation: randomUUID() };
  const { id } = await admin.call(route, ask);
  expect((await admin.call(route, ask)).id).toBe(id);
});

test('a trial that ended with the process restarts from the beginning after startup', async () => {
  const { server, users } = ctx;
  const settings = settingsWith({ severities: { R53: 'error' } });
  const { id: _, ...finished } = await tried(ctx, settings);
  const partly = { judged: 3, of: 9, otherwise: 3, first: [] };
  const [lost] = await server.db
    .insert(ruleTrials)
    .values({
      organisationId: users.organisation,
      settings,
      state: 'running',
      found: { records: partly, moves: { ...partly, already: 3 } },
      at: new Date(now),
    })
    .returning();
  await resumeTrials(server.services);
  expect(await look(users.admin, lost!.id)).toEqual({ id: lost!.id, ...finished });
});

test('any member tries rules; records of scopes without a duty are counted and not named', async () => {
  const { users } = ctx;
  const settings = settingsWith({ wmis: ['YV9'], severities: { R05: 'error' } });
  const { id, records } = await tried(ctx, settings, users.observer);
  expect(records).toMatchObject({ otherwise: 2, first: [{ record: foreign.id }] });
  expect(records.first).toHaveLength(1);
  expect((await look(users.admin, id)).records.first).toHaveLength(2);
});

test('another organisation does not find it, and an anonymous client has to sign in', async () => {
  const { users, server } = ctx;
  const { id } = await tried(ctx, settingsWith({ waiverDays: 12 }));
  const params = { organisation: users.organisation };
  await expectNoWrites(server.db, async () => {
    for (const [person, status] of [[users.elsewhere.admin, 404] as const, [stranger(server), 401] as const]) {
      const ask = { params, body: settingsWith({}) };
      expect(await person.refused(route, ask)).toMatchObject({ status });
      expect(
        await person.refused('get /api/organisations/{organisation}/rules/trials/{trial}', {
          params: { ...params, trial: id },
        }),
      ).toMatchObject({ status });
    }
    const elsewhere = { organisation: users.elsewhere.organisation, trial: id };
    expect(
      await users.elsewhere.admin.refused('get /api/organisations/{organisation}/rules/trials/{trial}', {
        params: elsewhere,
      }),
    ).toMatchObject({ status: 404 });
  });
});

test('a move that the present rules would refuse too is marked, and reverting the settings refuses none', async () => {
  const strict = settingsWith({ severities: { R53: 'error' } });
  await letHold(ctx, strict);
  const { records, moves } = await tried(ctx, {
    ...strict,
    wmis: ['YV9'],
    severities: { R05: 'error', R53: 'error' },
  });
  expect(records).toMatchObject({ otherwise: 2 });
  expect(moves).toMatchObject({ otherwise: 3, already: 2 });
  expect(moves.first.filter(({ already }) => already).map(({ rules }) => rules)).toEqual([['R53'], ['R53']]);
  const back = await tried(ctx, settingsWith({}));
  expect(back.records.first).toMatchObject([
    { record: early.id, opens: true, rules: ['R53'] },
    { record: padded.id, opens: true, rules: ['R53'] },
  ]);
  expect(back.moves).toMatchObject({ otherwise: 0, already: 0 });
});

const look = (person: Client, trial: string) =>
  person.call('get /api/organisations/{organisation}/rules/trials/{trial}', {
    params: { organisation: ctx.users.organisation, trial },
  });
