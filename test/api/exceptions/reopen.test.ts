import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/exceptions/{exception}/reopen';
const raising = 'post /api/records/{record}/exceptions';
const reopen = (params: { record: string; exception: string }) => ({ params, body: { why: 'it was another report' } });

async function closed(found: { rule: string; entry: string } | null = null) {
  const { lead } = ctx.users;
  const { id } = await newRecord(ctx.users, vehicle(found ? { 'CocDataGroup/MassGroup/ActualMass': null } : {}));
  const { exception } = await lead.call(raising, {
    params: { record: id },
    body: { kind: 'other', cause: 'no COP', waitingFor: null, owner: null, until: null, ...found },
  });
  const one = { record: id, exception };
  await lead.call('post /api/records/{record}/exceptions/{exception}/close', {
    params: one,
    body: { resolution: 'report received' },
  });
  return one;
}

describe('every verb', () =>
  commandContract({
    route,
    kind: 'exception.reopened',
    ctx,
    occasion: async () => ({ by: ctx.users.reviewer, ask: reopen(await closed()), trail: ctx.users.scope }),
  }));

test('blocks again, counts the reopening, and the trail keeps how it had been closed', async () => {
  const { users, server } = ctx;
  const one = await closed();
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, reopen(one)));
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'no COP' });
  expect(answer.card.gates.find(({ stage }) => stage === 'review')!.errors).toBeGreaterThan(0);
  expect(left[0]!.body).toMatchObject({ why: 'it was another report', before: { resolution: 'report received' } });
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: one.record } });
  expect(detail.exceptions).toMatchObject([{ closed: null, reopened: 1 }]);
  expect(detail.verdicts.find(({ stage }) => stage === 'review')!.findings.map(({ rule }) => rule)).toContain('P08');
});

test('reopening an open exception is stale', async () => {
  const { users, server } = ctx;
  const one = await closed();
  await users.lead.call(route, reopen(one));
  const problem = await expectNoWrites(server.db, () => users.reviewer.refused(route, reopen(one)));
  expect(problem).toMatchObject({ status: 409 });
});

test('[M25] stays closed if another one of the same finding is open', async () => {
  const { users, server } = ctx;
  const found = { rule: 'R50', entry: 'actualMass' };
  const one = await closed(found);
  await users.lead.call(raising, {
    params: { record: one.record },
    body: { kind: 'other', cause: 'again', waitingFor: null, owner: null, until: null, ...found },
  });
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, reopen(one)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M25' }] });
});

test('[O01] an observer reopens nothing', async () => {
  const { users, server } = ctx;
  const one = await closed();
  const problem = await expectNoWrites(server.db, () => users.observer.refused(route, reopen(one)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});
