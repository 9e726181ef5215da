import { expect, test } from 'vitest';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { standups } from '#server/db/schema.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { advance, newRecord, recordIn, vehicle } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';

let now = new Date('2026-11-24T08:00:00.000Z');
const ctx = useTestServer({ now: () => now });
const inScope = () => ({ params: { scope: ctx.users.scope } });
const since = (from: 'standup' | 'visit' | number | string, who = ctx.users.lead) =>
  who.call('get /api/scopes/{scope}/since', { ...inScope(), query: { from } });
const head = async () => (await ctx.users.lead.call('get /api/scopes/{scope}/board', { ...inScope(), query: {} })).seq;
const visit = async (who = ctx.users.lead) =>
  who.call('post /api/scopes/{scope}/visit', { ...inScope(), body: { seq: await head() } });
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));

test('lists per record what changed, from and to, by whom and when, the last changed first', async () => {
  const { users } = ctx;
  const moving = await recordIn(ctx, 'data');
  const still = await newRecord(users);
  const blocked = await newRecord(users);
  const from = await head();
  later(5);
  await advance(ctx, moving);
  await users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: blocked.id },
    body: { kind: 'missingData', cause: 'No CoC data', waitingFor: null, owner: null, until: null },
  });
  const { totals, records, seq } = await since(from);
  expect(totals).toMatchObject({ records: 2, movedOn: 1, blocked: 1, freed: 0, created: 0 });
  expect(records.map(({ record }) => record.id)).toEqual([blocked.id, moving.id]);
  expect(records.some(({ record }) => record.id === still.id)).toBe(false);
  expect(records[0]).toMatchObject({
    blocked: { from: false, to: true },
    changes: [{ kind: 'blocked', about: 'No CoC data', by: { id: users.lead.id, name: users.lead.name }, seq }],
  });
  expect(records[1]).toMatchObject({ stage: { from: 'data', to: 'review' } });
  expect(records[1]!.changes.at(-1)).toMatchObject({
    kind: 'movedOn',
    from: 'data',
    to: 'review',
    at: now.toISOString(),
  });
});

test('since the last standup starts at its beginning; an open standup is not the last one', async () => {
  const { users, server } = ctx;
  const [at, seq] = [now, await head()];
  expect(await since('standup')).toMatchObject({ since: null, records: [], seq });
  const standup = {
    scopeId: users.scope,
    startedBy: users.lead.id,
    leaderId: users.lead.id,
    recordBox: 60,
    totalBox: 600,
  };
  await server.db.insert(standups).values({ ...standup, seq, startedAt: at, positionSince: at, endedAt: at });
  const { id } = await newRecord(users);
  later(60);
  await server.db
    .insert(standups)
    .values({ ...standup, seq: seq + 1, sinceSeq: seq, startedAt: now, positionSince: now });
  const answer = await since('standup');
  expect(answer).toMatchObject({ since: { seq, at: at.toISOString() }, exactFrom: null, totals: { created: 1 } });
  expect(answer.records.map(({ record }) => record.id)).toEqual([id]);
});

test('a visit continues while its person is active, and a new one begins after half an hour of absence', async () => {
  const { users } = ctx;
  now = new Date('2026-11-25T08:00:00.000Z');
  const seen = await head();
  expect(await visit()).toEqual({ seqBefore: seen, atBefore: now.toISOString() });
  const { id } = await newRecord(users);
  later(30);
  const seenLast = await head();
  expect(await visit()).toMatchObject({ seqBefore: seen });
  const left = now.toISOString();
  await newRecord(users);
  later(31);
  expect(await visit()).toEqual({ seqBefore: seenLast, atBefore: left });
  const answer = await since('visit');
  expect(answer).toMatchObject({ since: { seq: seenLast, at: left }, totals: { records: 1, created: 1 } });
  expect(answer.records.some(({ record }) => record.id === id)).toBe(false);
  expect(await visit()).toEqual({ seqBefore: seenLast, atBefore: left });
  expect(await since('visit', users.reviewer)).toMatchObject({ since: null, records: [] });
});

test('a visit also begins on a new day; the seen number is never above the trail and never decreases', async () => {
  const { users } = ctx;
  now = new Date('2026-11-26T23:50:00.000Z');
  const seen = await head();
  const body = { seq: seen + 500 };
  await users.reviewer.call('post /api/scopes/{scope}/visit', { ...inScope(), body });
  await users.reviewer.call('post /api/scopes/{scope}/visit', { ...inScope(), body: { seq: 1 } });
  later(20);
  expect(await visit(users.reviewer)).toMatchObject({ seqBefore: seen });
});

test('recording a visit leaves no event, is idempotent, and outsiders do not find the board', async () => {
  const { users } = ctx;
  const before = await head();
  const operation = crypto.randomUUID();
  const ask = { ...inScope(), body: { seq: before } };
  const first = await users.signatory.call('post /api/scopes/{scope}/visit', { ...ask, operation });
  await expectNoWrites(ctx.server.db, async () => {
    expect(await users.signatory.call('post /api/scopes/{scope}/visit', { ...ask, operation })).toEqual(first);
    expect(await users.elsewhere.admin.refused('post /api/scopes/{scope}/visit', ask)).toMatchObject({ status: 404 });
  });
  expect(await head()).toBe(before);
});

test('if more happened than one answer holds, it returns from where on it is complete', async () => {
  const { users, server } = ctx;
  const from = await head();
  later(1);
  const drafts = Array.from({ length: 2_010 }, () => ({
    data: vehicle(),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  const answer = await since(from);
  expect(answer).toMatchObject({
    since: { seq: from },
    exactFrom: { seq: from + 10, at: now.toISOString() },
    totals: { created: 2_000 },
  });
  const moment = await since(now.toISOString());
  expect(moment).toMatchObject({ since: { seq: from + 2_010 }, records: [] });
  const past = await users.lead.call('get /api/scopes/{scope}/board-at', { ...inScope(), query: { seq: from } });
  expect(past.columns.map(({ stage }) => stage)).toEqual(stageKeys);
});
