import { expect, test } from 'vitest';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { createRecords } from '#server/commands/create-records.ts';
import { standups } from '#server/db/schema.ts';
import { by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { advance, newRecord, recordIn, vehicle } from '#test/support/records.ts';
import { withoutTrace } from '#test/support/trace.ts';

let now = new Date('2026-11-24T08:00:00.000Z');
const ground = standOn({ now: () => now });
const here = () => ({ params: { scope: ground.cast.scope } });
const since = (from: 'standup' | 'visit' | number | string, who = ground.cast.lead) =>
  who.call('get /api/scopes/{scope}/since', { ...here(), query: { from } });
const head = async () => (await ground.cast.lead.call('get /api/scopes/{scope}/board', { ...here(), query: {} })).seq;
const visit = async (who = ground.cast.lead) =>
  who.call('post /api/scopes/{scope}/visit', { ...here(), body: { seq: await head() } });
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));

test('says per record what changed, from what to what, by whom and when, the last changed first', async () => {
  const { cast } = ground;
  const moving = await recordIn(ground, 'data');
  const still = await newRecord(cast);
  const blocked = await newRecord(cast);
  const from = await head();
  later(5);
  await advance(ground, moving);
  await cast.lead.call('post /api/records/{record}/exceptions', {
    params: { record: blocked.id },
    body: { kind: 'missingData', cause: 'No CoC data', waitingFor: null, owner: null, until: null },
  });
  const { totals, records, seq } = await since(from);
  expect(totals).toMatchObject({ records: 2, movedOn: 1, blocked: 1, freed: 0, created: 0 });
  expect(records.map(({ record }) => record.id)).toEqual([blocked.id, moving.id]);
  expect(records.some(({ record }) => record.id === still.id)).toBe(false);
  expect(records[0]).toMatchObject({
    blocked: { from: false, to: true },
    changes: [{ kind: 'blocked', about: 'No CoC data', by: { id: cast.lead.id, name: cast.lead.name }, seq }],
  });
  expect(records[1]).toMatchObject({ stage: { from: 'data', to: 'review' } });
  expect(records[1]!.changes.at(-1)).toMatchObject({
    kind: 'movedOn',
    from: 'data',
    to: 'review',
    at: now.toISOString(),
  });
});

test('since the last standup counts from where it began; an open one is not the last one', async () => {
  const { cast, server } = ground;
  const [at, seq] = [now, await head()];
  expect(await since('standup')).toMatchObject({ since: null, records: [], seq });
  const standup = {
    scopeId: cast.scope,
    startedBy: cast.lead.id,
    leaderId: cast.lead.id,
    recordBox: 60,
    totalBox: 600,
  };
  await server.db.insert(standups).values({ ...standup, seq, startedAt: at, positionSince: at, endedAt: at });
  const { id } = await newRecord(cast);
  later(60);
  await server.db
    .insert(standups)
    .values({ ...standup, seq: seq + 1, sinceSeq: seq, startedAt: now, positionSince: now });
  const answer = await since('standup');
  expect(answer).toMatchObject({ since: { seq, at: at.toISOString() }, exactFrom: null, totals: { created: 1 } });
  expect(answer.records.map(({ record }) => record.id)).toEqual([id]);
});

test('a visit goes on while its person is there, and another begins after half an hour away', async () => {
  const { cast } = ground;
  now = new Date('2026-11-25T08:00:00.000Z');
  const seen = await head();
  expect(await visit()).toEqual({ seqBefore: seen, atBefore: now.toISOString() });
  const { id } = await newRecord(cast);
  later(30);
  const seenLast = await head();
  expect(await visit()).toMatchObject({ seqBefore: seen });
  const left = now.toISOString();
  await newRecord(cast);
  later(31);
  expect(await visit()).toEqual({ seqBefore: seenLast, atBefore: left });
  const answer = await since('visit');
  expect(answer).toMatchObject({ since: { seq: seenLast, at: left }, totals: { records: 1, created: 1 } });
  expect(answer.records.some(({ record }) => record.id === id)).toBe(false);
  expect(await visit()).toEqual({ seqBefore: seenLast, atBefore: left });
  expect(await since('visit', cast.reviewer)).toMatchObject({ since: null, records: [] });
});

test('a visit begins on another day too, never says more was seen than happened, and never less than before', async () => {
  const { cast } = ground;
  now = new Date('2026-11-26T23:50:00.000Z');
  const seen = await head();
  const body = { seq: seen + 500 };
  await cast.reviewer.call('post /api/scopes/{scope}/visit', { ...here(), body });
  await cast.reviewer.call('post /api/scopes/{scope}/visit', { ...here(), body: { seq: 1 } });
  later(20);
  expect(await visit(cast.reviewer)).toMatchObject({ seqBefore: seen });
});

test('noting a visit leaves no event, answers the same when sent again, and outsiders do not find the board', async () => {
  const { cast } = ground;
  const before = await head();
  const operation = crypto.randomUUID();
  const ask = { ...here(), body: { seq: before } };
  const first = await cast.signatory.call('post /api/scopes/{scope}/visit', { ...ask, operation });
  await withoutTrace(ground.server.db, async () => {
    expect(await cast.signatory.call('post /api/scopes/{scope}/visit', { ...ask, operation })).toEqual(first);
    expect(await cast.elsewhere.admin.refused('post /api/scopes/{scope}/visit', ask)).toMatchObject({ status: 404 });
  });
  expect(await head()).toBe(before);
});

test('where more happened than one answer holds, it says from where on it is whole', async () => {
  const { cast, server } = ground;
  const from = await head();
  later(1);
  const drafts = Array.from({ length: 2_010 }, () => ({
    data: vehicle(),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(cast.lead), { scope: cast.scope, drafts });
  const answer = await since(from);
  expect(answer).toMatchObject({
    since: { seq: from },
    exactFrom: { seq: from + 10, at: now.toISOString() },
    totals: { created: 2_000 },
  });
  const moment = await since(now.toISOString());
  expect(moment).toMatchObject({ since: { seq: from + 2_010 }, records: [] });
  const past = await cast.lead.call('get /api/scopes/{scope}/board-at', { ...here(), query: { seq: from } });
  expect(past.columns.map(({ stage }) => stage)).toEqual(stageKeys);
});
