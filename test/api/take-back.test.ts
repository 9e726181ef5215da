import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import type { Ask } from '#lib/api.ts';
import { stranger, type Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { move, newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';

const ground = standOn();
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
  (await ground.cast.lead.call('get /api/records/{record}', { params: { record: id } })).card;
const standing = ({ stage, rank, stageSince, nextAction, duties }: Card) => ({
  stage,
  rank,
  stageSince,
  nextAction,
  duties,
});

test('a move is taken back to the same stage, place, age, owner, next action and day, by an event of its own', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'intake');
  await handed(cast.lead, card, { from: null, to: cast.lead.id, what: 'find its order', due: '2026-12-01' });
  const before = await cardNow(card);
  const operation = await moved(cast.lead, card, { from: 'intake', to: 'data' });
  const own = randomUUID();
  const { answer, left } = await eventsOf(server.db, cast.scope, () => back(cast.lead, operation, own));
  expect(standing(answer.results[0]!.card!)).toEqual(standing(before));
  expect(left).toHaveLength(1);
  expect(left[0]).toMatchObject({
    kind: 'record.moved',
    actorId: cast.lead.id,
    operationId: own,
    body: { takesBack: operation, before: { stage: 'data' }, after: { stage: 'intake' } },
  });
  expect(left[0]!.body).not.toHaveProperty('reason');
  expect(await withoutTrace(server.db, () => back(cast.lead, operation, own))).toEqual(answer);
});

test('another place in the same stage is taken back to the place before', async () => {
  const { cast } = ground;
  const [, , last] = [await newRecord(cast), await newRecord(cast), await newRecord(cast)];
  const operation = await moved(cast.lead, last!, { from: 'intake', to: 'intake', after: null });
  expect((await cardNow(last!)).rank).not.toBe(last!.rank);
  await back(cast.lead, operation);
  expect(standing(await cardNow(last!))).toEqual(standing(last!));
});

test('a move back is taken back only where its gates still let it through', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  const operation = await moved(cast.lead, card, { from: 'data', to: 'intake', reason: 'wrong plant' });
  await assigned(cast.lead, card, { duty: 'dataOwner', from: cast.dataOwner.id, to: null });
  const problem = await withoutTrace(server.db, () => refusedBack(cast.lead, operation));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'P02' }] });
  await assigned(cast.lead, card, { duty: 'dataOwner', from: null, to: cast.dataOwner.id });
  await back(cast.lead, operation);
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('a hand-over is taken back by who gave it away, lead or not', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  const operation = await handed(cast.dataOwner, card, {
    from: cast.dataOwner.id,
    to: cast.lead.id,
    what: 'ask the plant',
    due: '2026-12-02',
  });
  const { left } = await eventsOf(server.db, cast.scope, () => back(cast.dataOwner, operation));
  expect(left[0]).toMatchObject({ kind: 'record.handedOver', body: { takesBack: operation } });
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('a duty is taken back, and the next action that went with it', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'data');
  const operation = await assigned(cast.lead, card, { duty: 'dataOwner', from: cast.dataOwner.id, to: null });
  expect((await cardNow(card)).nextAction.owner).toBeNull();
  await back(cast.lead, operation);
  expect(standing(await cardNow(card))).toEqual(standing(card));
});

test('a duty that the next action did not go with leaves its owner alone', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'review');
  await assigned(cast.lead, card, { duty: 'reviewer', from: cast.reviewer.id, to: null });
  await handed(cast.lead, card, { from: null, to: cast.reviewer.id, what: null, due: null });
  const operation = await assigned(cast.lead, card, { duty: 'reviewer', from: null, to: cast.reviewer.id });
  await back(cast.lead, operation);
  expect(await cardNow(card)).toMatchObject({
    duties: { reviewer: null },
    nextAction: { owner: cast.reviewer.id },
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
  (await ground.cast.lead.call('get /api/records/{record}', { params: { record: id } })).exceptions;

const ledger = () =>
  ground.cast.lead.call('get /api/scopes/{scope}/exceptions/ledger', {
    params: { scope: ground.cast.scope },
    query: { from: '2020-01-01', to: '2100-01-01' },
  });

test('raising an exception is undone: the gate opens and the ledger forgets it; undone again, it blocks (fault P10)', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  await raised(cast.lead, card, 'another exception');
  const before = await cardNow(card);
  const ledgerBefore = await ledger();
  const { operation, exception } = await raised(cast.signatory, card);
  expect(await ledger()).not.toEqual(ledgerBefore);
  expect((await cardNow(card)).blocked.count).toBe(2);
  const undone = randomUUID();
  const { left } = await eventsOf(server.db, cast.scope, () => back(cast.signatory, operation, undone));
  expect(left).toMatchObject([
    { kind: 'exception.closed', body: { exception, resolution: null, takesBack: operation } },
  ]);
  const { blocked, gates } = await cardNow(card);
  expect({ blocked, gates }).toEqual({ blocked: before.blocked, gates: before.gates });
  const shown = (await exceptionsOn(card)).find(({ id }) => id === exception)!;
  expect(shown.closed).toMatchObject({ by: cast.signatory.id, resolution: null });
  expect(await ledger()).toEqual(ledgerBefore);

  await back(cast.signatory, undone);
  expect((await exceptionsOn(card)).find(({ id }) => id === exception)).toMatchObject({ closed: null, reopened: 0 });
  expect((await cardNow(card)).blocked.count).toBe(2);
});

test('[M29] an exception somebody changed or closed since is not undone', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  const { operation, exception } = await raised(cast.lead, card);
  await raised(cast.reviewer, card, 'another exception');
  await cast.reviewer.call('post /api/records/{record}/exceptions/{exception}/close', {
    params: { record: card.id, exception },
    body: { resolution: 'granted' },
  });
  const problem = await withoutTrace(server.db, () => refusedBack(cast.lead, operation));
  expect(problem).toMatchObject({
    status: 422,
    findings: [{ rule: 'M29', params: { who: cast.reviewer.name, what: 'exception.closed' } }],
  });
});

test('what was taken back is done again by taking that back', async () => {
  const { cast } = ground;
  const card = await staffedRecord(cast);
  const operation = await moved(cast.lead, card, { from: 'intake', to: 'data' });
  const after = await cardNow(card);
  const undone = randomUUID();
  await back(cast.lead, operation, undone);
  await back(cast.lead, undone);
  expect(standing(await cardNow(card))).toEqual(standing(after));
});

test('[M29] what somebody changed since is not taken back, and they are named with what they did', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const operation = await moved(cast.lead, card, { from: 'intake', to: 'data' });
  await handed(cast.dataOwner, card, { from: cast.dataOwner.id, to: cast.lead.id, what: 'weigh it', due: null });
  const problem = await withoutTrace(server.db, () => refusedBack(cast.lead, operation));
  expect(problem).toMatchObject({
    status: 422,
    findings: [{ rule: 'M29', params: { who: cast.dataOwner.name, what: 'record.handedOver' } }],
  });
  expect(problem.detail).toContain(`${cast.dataOwner.name} handed over the next action of ${card.reference} since`);
});

test('what others changed beside it stays, and does not keep it from being taken back', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'data');
  const operation = await handed(cast.lead, card, {
    from: cast.dataOwner.id,
    to: cast.lead.id,
    what: 'look',
    due: null,
  });
  await assigned(cast.lead, card, { duty: 'reviewer', from: cast.reviewer.id, to: null });
  await back(cast.lead, operation);
  expect(await cardNow(card)).toMatchObject({ nextAction: card.nextAction, duties: { reviewer: null } });
});

test('[M30] twice is once, also at the same moment', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const operation = await moved(cast.lead, card, { from: 'intake', to: 'data' });
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    Promise.allSettled([back(cast.lead, operation), back(cast.lead, operation)]),
  );
  expect(left).toHaveLength(1);
  expect(answer.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await withoutTrace(server.db, () => refusedBack(cast.lead, operation))).toMatchObject({
    status: 422,
    findings: [{ rule: 'M30' }],
  });
});

test('[M31] what is no move, hand-over or duty is not taken back', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const operation = randomUUID();
  await cast.dataOwner.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '179' }] },
    operation,
  });
  expect(await withoutTrace(server.db, () => refusedBack(cast.dataOwner, operation))).toMatchObject({
    status: 422,
    findings: [{ rule: 'M31' }],
  });
});

test('what somebody else did, or nobody, is not found', async () => {
  const { cast, server } = ground;
  const operation = await moved(cast.dataOwner, await staffedRecord(cast), { from: 'intake', to: 'data' });
  await withoutTrace(server.db, async () => {
    expect(await refusedBack(cast.lead, operation)).toMatchObject({ status: 404 });
    expect(await refusedBack(cast.elsewhere.admin, operation)).toMatchObject({ status: 404 });
    expect(await refusedBack(cast.lead, randomUUID())).toMatchObject({ status: 404 });
    expect(await refusedBack(stranger(server), operation)).toMatchObject({ status: 401 });
  });
});

test('a set is taken back at once, but for what was refused then and what changed since', async () => {
  const { cast, server } = ground;
  const [one, two, three] = [await staffedRecord(cast), await staffedRecord(cast), await staffedRecord(cast)];
  const unowned = await newRecord(cast);
  const operation = randomUUID();
  await cast.lead.call('post /api/scopes/{scope}/bulk/moves', {
    params: { scope: cast.scope },
    body: {
      to: 'data',
      records: [one, two, three, unowned].map(({ id }) => ({ record: id, from: 'intake' as const })),
    },
    operation,
  });
  await move(cast.lead, await cardNow(two!), 'intake', { reason: 'not this one' });
  const own = randomUUID();
  const { answer, left } = await eventsOf(server.db, cast.scope, () => back(cast.lead, operation, own));
  expect(answer.results.map(({ record, refusal }) => [record, refusal?.findings[0]?.rule])).toEqual([
    [one!.id, undefined],
    [two!.id, 'M29'],
    [three!.id, undefined],
  ]);
  expect(left).toHaveLength(2);
  expect(standing(await cardNow(one!))).toEqual(standing(one!));
  expect(await withoutTrace(server.db, () => back(cast.lead, operation, own))).toEqual(answer);
  await back(cast.lead, own);
  expect((await cardNow(three!)).stage).toBe('data');
});

test('taking back tells nobody a second time that an action is theirs', async () => {
  const { cast } = ground;
  const card = await staffedRecord(cast);
  const told = async () => {
    const { notifications } = await cast.dataOwner.call('get /api/notifications', { query: {} });
    return notifications.filter(({ kind, record }) => kind === 'action.given' && record?.id === card.id).length;
  };
  const move = await moved(cast.lead, card, { from: 'intake', to: 'data' });
  expect(await told()).toBe(1);
  const away = await handed(cast.lead, card, { from: cast.dataOwner.id, to: cast.lead.id, what: null, due: null });
  await back(cast.lead, away);
  expect((await cardNow(card)).nextAction.owner).toBe(cast.dataOwner.id);
  expect(await told()).toBe(1);
  await back(cast.lead, move);
  expect(await told()).toBe(1);
});
