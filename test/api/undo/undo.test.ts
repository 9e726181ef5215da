import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import type { Ask } from '#lib/api.ts';
import { stranger, type Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const route = 'post /api/operations/{operation}/take-back';
type Body<N extends Parameters<Client['call']>[0]> = Ask<N> extends { body: infer B } ? B : never;

const back = (by: Client, operation: string, own: string = randomUUID()) =>
  by.call(route, { params: { operation }, operation: own });
const refusedBack = (by: Client, operation: string) => by.refused(route, { params: { operation } });

async function moved(by: Client, { id }: Card, body: Body<'post /api/records/{record}/move'>) {
  const operation = randomUUID();
  await by.call('post /api/records/{record}/move', { params: { record: id }, body, operation });
  return operation;
}

async function handed(by: Client, { id }: Card, body: Body<'post /api/records/{record}/next-action'>) {
  const operation = randomUUID();
  await by.call('post /api/records/{record}/next-action', { params: { record: id }, body, operation });
  return operation;
}

async function assigned(by: Client, { id }: Card, body: Body<'post /api/records/{record}/duties'>) {
  const operation = randomUUID();
  await by.call('post /api/records/{record}/duties', { params: { record: id }, body, operation });
  return operation;
}

const cardNow = async ({ id }: Card) =>
  (await ctx.users.lead.call('get /api/records/{record}', { params: { record: id } })).card;
const standing = ({ stage, rank, stageSince, nextAction, duties }: Card) => ({
  stage,
  rank,
  stageSince,
  nextAction,
  duties,
});

test('undoing a move restores stage, place, age, owner, next action and day, with its own event', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'intake');
  await handed(users.lead, card, { from: null, to: users.lead.id, what: 'find its order', due: '2026-12-01' });
  const before = await cardNow(card);
  const operation = await moved(users.lead, card, { from: 'intake', to: 'data' });
  const own = randomUUID();
  const { answer, left } = await eventsOf(server.db, users.scope, () => back(users.lead, operation, own));
  expect(standing(answer.results[0]!.card!)).toEqual(standing(before));
  expect(left).toHaveLength(1);
  expect(left[0]).toMatchObject({
    kind: 'record.moved',
    actorId: users.lead.id,
    operationId: own,
    body: { takesBack: operation, before: { stage: 'data' }, after: { stage: 'intake' } },
  });
  expect(left[0]!.body).not.toHaveProperty('reason');
  expect(await expectNoWrites(server.db, () => back(users.lead, operation, own))).toEqual(answer);
});

test('undoing a reorder restores the previous place', async () => {
  const { users } = ctx;
  const [, , last] = [await newRecord(users), await newRecord(users), await newRecord(users)];
  const operation = await moved(users.lead, last!, { from: 'intake', to: 'intake', after: null });
  expect((await cardNow(last!)).rank).not.toBe(last!.rank);
  await back(users.lead, operation);
  expect(standing(await cardNow(last!))).toEqual(standing(last!));
});

test('undoing a move back requires open gates', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  const operation = await moved(users.lead, card, { from: 'data', to: 'intake', reason: 'wrong plant' });
  await assigned(users.lead, card, { duty: 'dataOwner', from: users.dataOwner.id, to: null });
  const problem = await expectNoWrites(server.db, () => refusedBack(users.lead, operation));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'P02' }] });
  await assigned(users.lead, card, { duty: 'dataOwner', from: null, to: users.dataOwner.id });
  await back(users.lead, operation);
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('the giver undoes a hand-over, lead or not', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  const operation = await handed(users.dataOwner, card, {
    from: users.dataOwner.id,
    to: users.lead.id,
    what: 'ask the plant',
    due: '2026-12-02',
  });
  const { left } = await eventsOf(server.db, users.scope, () => back(users.dataOwner, operation));
  expect(left[0]).toMatchObject({ kind: 'record.handedOver', body: { takesBack: operation } });
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('undoing a duty also reverts the next action that followed it', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'data');
  const operation = await assigned(users.lead, card, { duty: 'dataOwner', from: users.dataOwner.id, to: null });
  expect((await cardNow(card)).nextAction.owner).toBeNull();
  await back(users.lead, operation);
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('undoing a duty that the next action did not follow keeps the owner', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'review');
  await assigned(users.lead, card, { duty: 'reviewer', from: users.reviewer.id, to: null });
  await handed(users.lead, card, { from: null, to: users.reviewer.id, what: null, due: null });
  const operation = await assigned(users.lead, card, { duty: 'reviewer', from: null, to: users.reviewer.id });
  await back(users.lead, operation);
  expect(await cardNow(card)).toMatchObject({
    duties: { reviewer: null },
    nextAction: { owner: users.reviewer.id },
  });
});

const raise = 'post /api/records/{record}/exceptions';
async function raised(by: Client, { id }: Card, cause = 'extension 03 not granted') {
  const operation = randomUUID();
  const body = { kind: 'approvalGap' as const, cause, waitingFor: null, owner: null, until: null };
  const { exception } = await by.call(raise, { params: { record: id }, body, operation });
  return { operation, exception };
}
const exceptionsOn = async ({ id }: Card) =>
  (await ctx.users.lead.call('get /api/records/{record}', { params: { record: id } })).exceptions;

const ledger = () =>
  ctx.users.lead.call('get /api/scopes/{scope}/exceptions/ledger', {
    params: { scope: ctx.users.scope },
    query: { from: '2020-01-01', to: '2100-01-01' },
  });

test('undoing a raised exception opens the gate and removes it from the ledger; undoing the undo blocks again (fault P10)', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  await raised(users.lead, card, 'another exception');
  const before = await cardNow(card);
  const ledgerBefore = await ledger();
  const { operation, exception } = await raised(users.signatory, card);
  expect(await ledger()).not.toEqual(ledgerBefore);
  expect((await cardNow(card)).blocked.count).toBe(2);
  const undone = randomUUID();
  const { left } = await eventsOf(server.db, users.scope, () => back(users.signatory, operation, undone));
  expect(left).toMatchObject([
    { kind: 'exception.closed', body: { exception, resolution: null, takesBack: operation } },
  ]);
  const { blocked, gates } = await cardNow(card);
  expect({ blocked, gates }).toEqual({ blocked: before.blocked, gates: before.gates });
  const shown = (await exceptionsOn(card)).find(({ id }) => id === exception)!;
  expect(shown.closed).toMatchObject({ by: users.signatory.id, resolution: null });
  expect(await ledger()).toEqual(ledgerBefore);

  await back(users.signatory, undone);
  expect((await exceptionsOn(card)).find(({ id }) => id === exception)).toMatchObject({ closed: null, reopened: 0 });
  expect((await cardNow(card)).blocked.count).toBe(2);
});

test('[M29] an exception changed or closed by somebody since cannot be undone', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  const { operation, exception } = await raised(users.lead, card);
  await raised(users.reviewer, card, 'another exception');
  await users.reviewer.call('post /api/records/{record}/exceptions/{exception}/close', {
    params: { record: card.id, exception },
    body: { resolution: 'granted' },
  });
  const problem = await expectNoWrites(server.db, () => refusedBack(users.lead, operation));
  expect(problem).toMatchObject({
    status: 422,
    findings: [{ rule: 'M29', params: { who: users.reviewer.name, what: 'exception.closed' } }],
  });
});

test('undoing an undo restores the change', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  const operation = await moved(users.lead, card, { from: 'intake', to: 'data' });
  const after = await cardNow(card);
  const undone = randomUUID();
  await back(users.lead, operation, undone);
  await back(users.lead, undone);
  expect(standing(await cardNow(card))).toEqual(standing(after));
});

test('[M29] a change that somebody overwrote cannot be undone; the answer names them and their change', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const operation = await moved(users.lead, card, { from: 'intake', to: 'data' });
  await handed(users.dataOwner, card, { from: users.dataOwner.id, to: users.lead.id, what: 'weigh it', due: null });
  const problem = await expectNoWrites(server.db, () => refusedBack(users.lead, operation));
  expect(problem).toMatchObject({
    status: 422,
    findings: [{ rule: 'M29', params: { who: users.dataOwner.name, what: 'record.handedOver' } }],
  });
  expect(problem.detail).toContain(`${users.dataOwner.name} handed over the next action of ${card.reference} since`);
});

test('unrelated changes of others stay, and do not prevent the undo', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'data');
  const operation = await handed(users.lead, card, {
    from: users.dataOwner.id,
    to: users.lead.id,
    what: 'look',
    due: null,
  });
  await assigned(users.lead, card, { duty: 'reviewer', from: users.reviewer.id, to: null });
  await back(users.lead, operation);
  expect(await cardNow(card)).toMatchObject({ nextAction: card.nextAction, duties: { reviewer: null } });
});

test('[M30] a repeated undo runs once, also concurrently', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const operation = await moved(users.lead, card, { from: 'intake', to: 'data' });
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    Promise.allSettled([back(users.lead, operation), back(users.lead, operation)]),
  );
  expect(left).toHaveLength(1);
  expect(answer.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await expectNoWrites(server.db, () => refusedBack(users.lead, operation))).toMatchObject({
    status: 422,
    findings: [{ rule: 'M30' }],
  });
});

test('[M31] only moves, hand-overs and duties can be undone', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const operation = randomUUID();
  await users.dataOwner.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '179' }] },
    operation,
  });
  expect(await expectNoWrites(server.db, () => refusedBack(users.dataOwner, operation))).toMatchObject({
    status: 422,
    findings: [{ rule: 'M31' }],
  });
});

test('operations of others and unknown ones are not found', async () => {
  const { users, server } = ctx;
  const operation = await moved(users.dataOwner, await staffedRecord(users), { from: 'intake', to: 'data' });
  await expectNoWrites(server.db, async () => {
    expect(await refusedBack(users.lead, operation)).toMatchObject({ status: 404 });
    expect(await refusedBack(users.elsewhere.admin, operation)).toMatchObject({ status: 404 });
    expect(await refusedBack(users.lead, randomUUID())).toMatchObject({ status: 404 });
    expect(await refusedBack(stranger(server), operation)).toMatchObject({ status: 401 });
  });
});

test('a set is undone together, except for refused items and items changed since', async () => {
  const { users, server } = ctx;
  const [one, two, three] = [await staffedRecord(users), await staffedRecord(users), await staffedRecord(users)];
  const unowned = await newRecord(users);
  const operation = randomUUID();
  await users.lead.call('post /api/scopes/{scope}/bulk/moves', {
    params: { scope: users.scope },
    body: {
      to: 'data',
      records: [one, two, three, unowned].map(({ id }) => ({ record: id, from: 'intake' as const })),
    },
    operation,
  });
  await move(users.lead, await cardNow(two!), 'intake', { reason: 'not this one' });
  const own = randomUUID();
  const { answer, left } = await eventsOf(server.db, users.scope, () => back(users.lead, operation, own));
  expect(answer.results.map(({ record, refusal }) => [record, refusal?.findings[0]?.rule])).toEqual([
    [one!.id, undefined],
    [two!.id, 'M29'],
    [three!.id, undefined],
  ]);
  expect(left).toHaveLength(2);
  expect(standing(await cardNow(one!))).toEqual(standing(one!));
  expect(await expectNoWrites(server.db, () => back(users.lead, operation, own))).toEqual(answer);
  await back(users.lead, own);
  expect((await cardNow(three!)).stage).toBe('data');
});

test('undo does not notify an owner again', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  const told = async () => {
    const { notifications } = await users.dataOwner.call('get /api/notifications', { query: {} });
    return notifications.filter(({ kind, record }) => kind === 'action.given' && record?.id === card.id).length;
  };
  const move = await moved(users.lead, card, { from: 'intake', to: 'data' });
  expect(await told()).toBe(1);
  const away = await handed(users.lead, card, { from: users.dataOwner.id, to: users.lead.id, what: null, due: null });
  await back(users.lead, away);
  expect((await cardNow(card)).nextAction.owner).toBe(users.dataOwner.id);
  expect(await told()).toBe(1);
  await back(users.lead, move);
  expect(await told()).toBe(1);
});
