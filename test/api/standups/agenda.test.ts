import { expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, staffedRecord } from '#test/support/records.ts';
import { end, plan, started } from '#test/support/standups.ts';
import { inDays, waived } from '#test/support/waivers.ts';

const day = 86_400_000;
let late = 0;
const ctx = useTestServer({ now: () => new Date(Date.parse('2026-11-24T09:00:00.000Z') + late) });

/** A record without a reason for the agenda until a test adds one. */
async function owned() {
  const { users } = ctx;
  const card = await staffedRecord(users);
  const body = { from: null, to: users.lead.id, what: null, due: null };
  return (await users.lead.call('post /api/records/{record}/next-action', { params: { record: card.id }, body })).card;
}

async function agendaNow() {
  const { items, since } = await ctx.users.observer.call('get /api/scopes/{scope}/agenda', {
    params: { scope: ctx.users.scope },
  });
  const reasonsOf = (record: { id: string }) => items.find(({ card }) => card.id === record.id)?.reasons ?? [];
  return { items, since, reasonsOf };
}

const raise = (record: { id: string }, severity: 'critical' | 'minor', cause: string) =>
  ctx.users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: record.id },
    body: { kind: 'other', severity, cause, waitingFor: null, owner: null, until: null },
  });

test('collects releases, exceptions, waivers and owners, the worst first', async () => {
  const { users } = ctx;
  const [calm, early, soon, stuck] = [await owned(), await owned(), await owned(), await owned()];
  const unowned = await newRecord(users);
  await plan(users.lead, early.id, null, inDays(ctx, 11));
  await plan(users.lead, soon.id, null, inDays(ctx, 10));
  await raise(stuck, 'minor', 'small');
  await raise(stuck, 'critical', 'grave');
  const { card: leave } = await waived(ctx, { endsOn: inDays(ctx, 3) });
  const { items, since, reasonsOf } = await agendaNow();
  expect(since).toBeNull();
  expect([reasonsOf(calm), reasonsOf(early)]).toEqual([[], []]);
  expect(reasonsOf(soon)).toEqual([{ kind: 'releaseAtRisk', params: { days: 10 } }]);
  expect(reasonsOf(stuck)).toEqual([{ kind: 'blocked', params: { days: 0, cause: 'grave', severity: 'critical' } }]);
  expect(reasonsOf(unowned)).toEqual([{ kind: 'unowned', params: { stage: 'intake' } }]);
  expect(reasonsOf(leave)).toContainEqual({ kind: 'waiverEnding', params: { days: 3, rule: 'R50' } });
  const ids = items.map(({ card }) => card.id);
  expect(ids.slice(0, 2)).toEqual([soon.id, stuck.id]);
});

test('the usual stay of a stage comes from records that left it, and longer stays are on the agenda', async () => {
  const { users } = ctx;
  const waiting = await owned();
  const others = [];
  for (let n = 0; n < 4; n++) others.push(await owned());
  late += 2 * day;
  for (const one of others) await move(users.lead, one, 'data');
  late += day;
  // Four stays are not enough.
  expect((await agendaNow()).reasonsOf(waiting)).toEqual([]);
  const fifth = await owned();
  late += 2 * day;
  await move(users.lead, fifth, 'data');
  expect((await agendaNow()).reasonsOf(waiting)).toEqual([
    { kind: 'slow', params: { days: 5, usual: 2, stage: 'intake' } },
  ]);
});

test('changes since the last standup count, reordering within a stage does not', async () => {
  const { users } = ctx;
  const [one, other] = [await owned(), await owned()];
  const standup = await started(ctx);
  await end(users.lead, standup);
  await move(users.lead, one, 'intake', { after: null });
  await plan(users.lead, other.id, null, '2027-12-01');
  await plan(users.lead, other.id, '2027-12-01', '2027-12-02');
  const { since, reasonsOf } = await agendaNow();
  expect(since).toMatchObject({ standup: standup.id, at: standup.startedAt });
  expect(reasonsOf(one)).toEqual([]);
  expect(reasonsOf(other)).toEqual([{ kind: 'changed', params: { count: 2 } }]);
});
