import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { decide, deciding, end, join, lead, leading, plan, started, walk } from '#test/support/standups.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

let late = 0;
const ctx = useTestServer({ now: () => new Date(Date.parse('2026-11-24T09:00:00.000Z') + late) });
const route = 'post /api/standups/{standup}/items/{position}/outcome';
const nothing = { kind: 'nothing' as const, note: 'waits for the plant' };

/** A standup over one unowned record. */
async function overOne() {
  const { id } = await newRecord(ctx.users);
  return { standup: await started(ctx, ctx.users.lead, [id]), record: id };
}

describe('every verb', () =>
  commandContract({
    route,
    kind: 'standup.decided',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: deciding((await overOne()).standup, 0, nothing),
      trail: ctx.users.scope,
    }),
  }));

test('no action is an outcome with decider and reason', async () => {
  const { users } = ctx;
  const { standup } = await overOne();
  await join(users.reviewer, standup);
  const { standup: decided } = await decide(users.reviewer, standup, 0, nothing);
  expect(decided.items[0]!.outcome).toMatchObject({ ...nothing, by: users.reviewer.id, owner: null, due: null });
});

test('a person who decides becomes a participant', async () => {
  const { users, server } = ctx;
  const { standup } = await overOne();
  const { answer, left } = await eventsOf(server.db, users.scope, () => decide(users.reviewer, standup, 0, nothing));
  expect(left.map(({ kind }) => kind)).toEqual(['standup.joined', 'standup.decided']);
  expect(answer.standup.people.map(({ person }) => person)).toContain(users.reviewer.id);
});

test('a decision hands over a next action, under the same rules', async () => {
  const { users, server } = ctx;
  const { standup } = await overOne();
  const hand = { kind: 'nextAction' as const, from: null, to: users.lead.id, what: 'ask the plant', due: '2026-12-01' };
  const { answer, left } = await eventsOf(server.db, users.scope, () => decide(users.lead, standup, 0, hand));
  expect(left.map(({ kind }) => kind)).toEqual(['record.handedOver', 'standup.decided']);
  const [item] = answer.standup.items;
  expect(item!.card.nextAction).toEqual({ what: hand.what, owner: users.lead.id, due: hand.due });
  expect(item!.outcome).toMatchObject({ kind: 'nextAction', owner: users.lead.id, due: hand.due, note: hand.what });
  await expectNoWrites(server.db, async () => {
    const again = { ...hand, from: users.lead.id, to: users.observer.id };
    expect(await users.lead.refused(route, deciding(standup, 0, again, item!.outcome))).toMatchObject({
      status: 422,
      findings: [{ rule: 'O02' }],
    });
    expect(await users.lead.refused(route, deciding(standup, 0, hand, item!.outcome))).toMatchObject({
      status: 409,
      current: users.lead.id,
    });
    expect(await users.reviewer.refused(route, deciding(standup, 0, again, item!.outcome))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O03' }],
    });
  });
});

test('a decision plans a release or raises an exception', async () => {
  const { users, server } = ctx;
  const { standup, record } = await overOne();
  const day = { kind: 'releaseDate' as const, from: null, to: '2026-12-12' };
  const dated = await eventsOf(server.db, users.scope, () => decide(users.lead, standup, 0, day));
  expect(dated.left.map(({ kind }) => kind)).toEqual(['record.releasePlanned', 'standup.decided']);
  const { outcome, card } = dated.answer.standup.items[0]!;
  expect([card.releaseOn, outcome!.due]).toEqual(['2026-12-12', '2026-12-12']);
  const exception = {
    kind: 'missingData' as const,
    cause: 'no mass',
    waitingFor: null,
    owner: users.lead.id,
    until: null,
  };
  const raised = await eventsOf(server.db, users.scope, () =>
    decide(users.lead, standup, 0, { kind: 'exception', exception }, outcome),
  );
  expect(raised.left.map(({ kind }) => kind)).toEqual(['exception.raised', 'standup.decided']);
  expect(raised.answer.standup.items[0]).toMatchObject({
    card: { blocked: { count: 1, reason: 'no mass' } },
    outcome: { kind: 'exception', owner: users.lead.id, note: 'no mass' },
  });
  const detail = await users.lead.call('get /api/records/{record}', { params: { record } });
  expect(detail.exceptions).toHaveLength(1);
  await expectNoWrites(server.db, async () => {
    const { outcome: now } = raised.answer.standup.items[0]!;
    expect(await users.reviewer.refused(route, deciding(standup, 0, { ...day, from: day.to }, now))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O01' }],
    });
  });
});

test('an escalation notifies the leads of the scope, but not the person who escalates', async () => {
  const { users } = ctx;
  const { standup, record } = await overOne();
  const read = async (person: typeof users.lead) => {
    const { notifications } = await person.call('get /api/notifications', { query: {} });
    return notifications.filter((one) => one.record.id === record);
  };
  const escalated = { kind: 'escalated' as const, note: 'the authority is silent' };
  const { standup: once } = await decide(users.reviewer, standup, 0, escalated);
  expect(await read(users.lead)).toMatchObject([
    { kind: 'record.escalated', params: { by: users.reviewer.name, note: escalated.note } },
  ]);
  await decide(users.lead, standup, 0, escalated, once.items[0]!.outcome);
  expect(await read(users.lead)).toHaveLength(1);
  expect(await read(users.reviewer)).toEqual([]);
});

test('is stale if somebody decided meanwhile, and a position past the agenda is not found', async () => {
  const { users, server } = ctx;
  const { standup } = await overOne();
  const { standup: decided } = await decide(users.reviewer, standup, 0, nothing);
  await expectNoWrites(server.db, async () => {
    expect(await users.lead.refused(route, deciding(standup, 0, nothing))).toMatchObject({
      status: 409,
      current: decided.items[0]!.outcome,
    });
    expect(await users.lead.refused(route, deciding(standup, 1, nothing))).toMatchObject({ status: 404 });
  });
});

test('[O01] an observer decides nothing', async () => {
  const { users, server } = ctx;
  const { standup } = await overOne();
  const problem = await expectNoWrites(server.db, () => users.observer.refused(route, deciding(standup, 0, nothing)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});

test('[M35] a standup that has ended accepts no decisions', async () => {
  const { users, server } = ctx;
  const { standup } = await overOne();
  await end(users.lead, standup);
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, deciding(standup, 0, nothing)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M35' }] });
});

test('the minutes contain leader, participants, every outcome, open items and items not reached', async () => {
  const { users } = ctx;
  const made = [await staffedRecord(users), await newRecord(users), await newRecord(users)];
  await plan(users.lead, made[0]!.id, null, '2026-11-25');
  const standup = await started(
    ctx,
    users.reviewer,
    made.map(({ id }) => id),
  );
  const { standup: taken } = await lead(users.lead, standup);
  await decide(users.lead, taken, 0, {
    kind: 'nextAction',
    from: null,
    to: users.lead.id,
    what: 'call *them*',
    due: '2026-12-01',
  });
  late += 75_000;
  const { standup: walked } = await walk(users.lead, taken, 1);
  await users.lead.call('post /api/standups/{standup}/end', leading(walked));
  const answer = await users.observer.fetch(`/api/standups/${standup.id}/minutes.md`);
  expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  const minutes = await answer.text();
  const [first, second, third] = made.map(({ reference }) => reference);
  expect(minutes).toContain(`Led by: ${users.reviewer.name}, then ${users.lead.name}`);
  expect(minutes).toContain('3 records, 1 decided, 1 open, 1 not reached');
  const [, present, decided, open, unreached] = minutes.split('\n## ');
  expect(present).toContain(`- ${users.reviewer.name}, 09:`);
  expect(decided).toContain(`**${first}** (1:15 min): release in 1 day`);
  expect(decided).toContain(
    `Next action for ${users.lead.name}: call \\*them\\*, until 1 Dec 2026 (${users.lead.name}, `,
  );
  expect(open).toContain(`**${second}**: nobody owns the next action in Intake`);
  expect(unreached).toContain(`**${third}**`);
});
