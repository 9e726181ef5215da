import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { operations } from '#server/db/schema.ts';
import { newRecord, staffedRecord, vehicle } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/exceptions';
const raise = (record: string, more: Partial<{ cause: string; owner: string; blocks: 'review' | 'output' }> = {}) => ({
  params: { record },
  body: {
    kind: 'approvalGap' as const,
    cause: 'extension 03 not granted',
    waitingFor: 'authority',
    owner: null,
    until: null,
    ...more,
  },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'exception.raised',
    ctx,
    occasion: async () => ({
      by: ctx.users.signatory,
      ask: raise((await newRecord(ctx.users)).id),
      trail: ctx.users.scope,
    }),
  }));

test('the card shows its first cause and the count, and the gates ahead of it close', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.dataOwner.call(route, raise(card.id, { owner: users.lead.id })),
  );
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'extension 03 not granted' });
  expect(left[0]!.body).toMatchObject({ exception: answer.exception, owner: users.lead.id, blocks: 'review' });
  const second = await users.reviewer.call(route, raise(card.id, { cause: 'tyre size unclear', blocks: 'output' }));
  expect(second.card.blocked).toEqual({ count: 2, reason: 'extension 03 not granted' });
  const detail = await users.observer.call('get /api/records/{record}', { params: { record: card.id } });
  expect(rules(detail.verdicts[2]!)).toContain('P08');
  expect(rules(detail.verdicts[3]!)).toContain('P09');
  expect(detail.exceptions.map(({ cause }) => cause)).toEqual(['extension 03 not granted', 'tyre size unclear']);
});

test('[O01] an observer raises nothing', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  const problem = await expectNoWrites(server.db, () => users.observer.refused(route, raise(card.id)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});

test('the owner must be a member of the scope', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const owner of [users.elsewhere.admin.id, crypto.randomUUID()]) {
      expect(await users.lead.refused(route, raise(card.id, { owner }))).toMatchObject({ status: 404 });
    }
  });
});

test('raising the same finding again returns the one exception and writes nothing', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users, vehicle({ [massPath]: null }));
  const ask = fromFinding(card.id);
  const first = await users.lead.call(route, ask);
  expect(first.existed).toBe(false);
  const second = await expectNoWrites(server.db, () => users.reviewer.call(route, ask), [operations]);
  expect(second).toEqual({ ...first, existed: true });
  await users.lead.call('post /api/records/{record}/exceptions/{exception}/close', {
    params: { record: card.id, exception: first.exception },
    body: { resolution: 'weighed' },
  });
  const third = await users.lead.call(route, ask);
  expect(third).toMatchObject({ existed: false, card: { blocked: { count: 1 } } });
});

test('[M26] a finding that no gate has makes no exception, and neither does the finding that one is open', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  await users.lead.call(route, raise(card.id));
  await expectNoWrites(server.db, async () => {
    for (const rule of ['R50', 'P08', 'X99']) {
      const { params, body } = fromFinding(card.id);
      const refused = await users.lead.refused(route, { params, body: { ...body, rule, entry: null } });
      expect(refused).toMatchObject({ status: 422, findings: [{ rule: 'M26', params: { rule } }] });
    }
  });
});

test('notifies its owner, the data owner and the owner of the next action once, but not the person who raised it', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: card.id },
    body: { from: null, to: users.lead.id, what: 'look', due: null },
  });
  await users.reviewer.call(route, raise(card.id, { owner: users.signatory.id }));
  await users.dataOwner.call(route, raise(card.id, { owner: users.dataOwner.id }));
  const told = async (duty: 'lead' | 'dataOwner' | 'reviewer' | 'signatory') => {
    const { notifications } = await users[duty].call('get /api/notifications', { query: {} });
    return notifications
      .filter(({ record, kind }) => record.id === card.id && kind === 'exception.raised')
      .map(({ params }) => params['by']);
  };
  expect(await told('lead')).toEqual([users.dataOwner.name, users.reviewer.name]);
  expect(await told('dataOwner')).toEqual([users.reviewer.name]);
  expect(await told('signatory')).toEqual([users.reviewer.name]);
  expect(await told('reviewer')).toEqual([]);
});

test('the most severe exception blocks the card, then the oldest', async () => {
  const { users } = ctx;
  const card = await newRecord(users);
  await users.lead.call(route, raise(card.id, { cause: 'first' }));
  const later = raise(card.id, { cause: 'critical' });
  const { card: now } = await users.lead.call(route, { ...later, body: { ...later.body, severity: 'critical' } });
  expect(now.blocked).toEqual({ count: 2, reason: 'critical' });
});

const massPath = 'CocDataGroup/MassGroup/ActualMass';

function fromFinding(record: string) {
  const { params, body } = raise(record, { cause: 'Actual mass is missing' });
  return { params, body: { ...body, kind: 'missingData' as const, rule: 'R50', entry: 'actualMass' } };
}

const rules = ({ findings }: { findings: { rule: string }[] }) => findings.map(({ rule }) => rule);
