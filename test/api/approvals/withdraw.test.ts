import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { notifications } from '#server/db/schema.ts';
import { rejudgeQueued } from '#server/jobs/rejudge.ts';
import { markRecordsDue } from '#server/commands/judging/enqueue-due.ts';
import { coveredBy, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { useTestServer } from '#test/support/context.ts';
import { advance, move, newRecord, staffedRecord, tickAll } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { waitFor } from '#test/support/wait.ts';

let clock = () => new Date();
const ctx = useTestServer({ now: () => clock() });
const route = 'post /api/approvals/{approval}/withdraw';
const dayFrom = (moment: Date, days: number) =>
  new Date(moment.getTime() + days * 86_400_000).toISOString().slice(0, 10);
const ask = (approval: string, on = dayFrom(clock(), 0)) => ({ params: { approval }, body: { on, why: 'Recalled' } });

/** A record in review that references an approval, and another record in intake that does. */
async function carried() {
  const { users } = ctx;
  const approval = await registerOne(users);
  let card = await staffedRecord(users, vehicleUnder(approval));
  card = await advance(ctx, await advance(ctx, card));
  const early = await newRecord(users, vehicleUnder(approval));
  return { approval, card, early };
}

const settled = (approval: { id: string }) =>
  waitFor(async () => (await coveredBy(ctx.users.lead, approval)).waiting === 0);

const rejudged = () => rejudgeQueued(ctx.server.services);

describe('every verb', () =>
  commandContract({
    route,
    kind: 'approval.withdrawn',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: ask((await registerOne(ctx.users)).id),
      trail: ctx.users.organisation,
    }),
  }));

test('flags exactly the covered records that have passed the gate, notifies their people once, and leaves one event each', async () => {
  const { users, server } = ctx;
  const { approval, card, early } = await carried();
  const bystander = await carried();
  const { answer, left } = await eventsOf(server.db, users.scope, async () => {
    const answer = await users.lead.call(route, ask(approval.id));
    await settled(approval);
    return answer;
  });
  expect(answer).toMatchObject({ state: 'withdrawn', withdrawn: { on: dayFrom(clock(), 0), why: 'Recalled' } });
  const { records } = await coveredBy(users.lead, approval);
  expect(records.map(({ card }) => [card.id, card.fallen])).toEqual([
    [card.id, true],
    [early.id, false],
  ]);
  expect(records[0]!.card.gates.find(({ errors }) => errors > 0)!.first).toMatchObject({
    rule: 'R08',
    params: { why: 'withdrawn' },
  });
  expect((await coveredBy(users.lead, approval, { fallen: true })).records).toHaveLength(1);
  expect((await coveredBy(users.lead, bystander.approval, { fallen: true })).records).toEqual([]);
  const cause = `approval ${approval.number}`;
  expect(left.filter(({ recordId }) => recordId === card.id).map(({ kind, body }) => ({ kind, body }))).toEqual([
    { kind: 'record.judged', body: { cause, shut: ['review'], opened: [] } },
  ]);
  expect(left.every(({ actorId, recordId }) => actorId === null && recordId !== bystander.card.id)).toBe(true);
  const about = and(eq(notifications.recordId, card.id), eq(notifications.kind, 'record.fallen'));
  const told = await server.db.select().from(notifications).where(about);
  expect(told.map(({ personId, kind }) => [personId, kind]).sort()).toEqual(
    [users.dataOwner.id, users.lead.id].map((person) => [person, 'record.fallen']).sort(),
  );
});

test('rejudging without a change only updates the timestamp', async () => {
  const { users, server } = ctx;
  const { approval } = await carried();
  await users.lead.call(route, ask(approval.id));
  await settled(approval);
  await server.db.execute(`insert into rejudgements select id, 'test', now() from records`);
  const { answer, left } = await eventsOf(server.db, users.scope, rejudged);
  expect(answer).toBeGreaterThan(1);
  expect(left).toEqual([]);
});

test('a withdrawal from a future day: the records stay valid until then, and on that day they have a regression without another request', async () => {
  const { users, server } = ctx;
  const { approval, card } = await carried();
  const on = dayFrom(clock(), 3);
  expect(await users.lead.call(route, ask(approval.id, on))).toMatchObject({ state: 'granted', withdrawn: { on } });
  await settled(approval);
  expect((await coveredBy(users.lead, approval, { fallen: true })).records).toEqual([]);
  const real = clock;
  clock = () => new Date(`${on}T00:00:01Z`);
  try {
    for (const _ of [1, 2]) {
      await markRecordsDue(server.services, { actor: null, operation: null }, undefined);
      await rejudged();
    }
    expect((await coveredBy(users.lead, approval, { fallen: true })).records.map(({ card }) => card.id)).toEqual([
      card.id,
    ]);
    const told = and(eq(notifications.recordId, card.id), eq(notifications.personId, users.lead.id));
    expect(await server.db.select().from(notifications).where(told)).toHaveLength(1);
  } finally {
    clock = real;
  }
});

test('a record with a regression does not move forward until it references an extension in force', async () => {
  const { users } = ctx;
  const { approval, card } = await carried();
  await users.lead.call(route, ask(approval.id));
  await settled(approval);
  await tickAll(ctx, card.id, 'review');
  const problem = await move(users.reviewer, card, 'output').then(
    () => null,
    (error: { problem: { findings: { rule: string }[] } }) => error.problem,
  );
  expect(problem?.findings.map(({ rule }) => rule)).toContain('P06');
});

test('is stale if it is already withdrawn, and returns since when', async () => {
  const { users, server } = ctx;
  const { id } = await registerOne(users);
  await users.lead.call(route, ask(id));
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, ask(id, '2030-01-01')));
  expect(problem).toMatchObject({ status: 409, current: { on: dayFrom(clock(), 0), why: 'Recalled' } });
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { users, server } = ctx;
  const { id } = await registerOne(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.admin, users.dataOwner, users.signatory]) {
      expect(await person.refused(route, ask(id))).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test('the blocked filter finds a record that no longer meets a gate it passed (fault P19)', async () => {
  const { users } = ctx;
  const { approval, card, early } = await carried();
  const blocked = async () => {
    const board = await users.observer.call('get /api/scopes/{scope}/board', {
      params: { scope: users.scope },
      query: { blocked: true },
    });
    return board.columns.flatMap(({ cards }) => cards.map(({ id }) => id));
  };
  expect(await blocked()).not.toContain(card.id);
  await users.lead.call(route, ask(approval.id));
  await settled(approval);
  expect(await blocked()).toContain(card.id);
  expect(await blocked()).not.toContain(early.id);
});
