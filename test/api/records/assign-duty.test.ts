import { describe, expect, test } from 'vitest';
import type { RecordDuty } from '#shared/contract/duty.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/duties';
const assign = (record: string, duty: RecordDuty, from: Client | null, to: Client | null) => ({
  params: { record },
  body: { duty, from: from?.id ?? null, to: to?.id ?? null },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'record.assigned',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: assign((await newRecord(ctx.users)).id, 'reviewer', null, ctx.users.reviewer),
      trail: ctx.users.scope,
    }),
  }));

test('the card shows the holder, its gates are rejudged, and the event has the values before and after', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  expect(card.gates[1]).toMatchObject({ errors: 1, first: { rule: 'P02' } });
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.lead.call(route, assign(card.id, 'dataOwner', null, users.dataOwner)),
  );
  expect(answer.card).toMatchObject({ duties: { dataOwner: users.dataOwner.id } });
  expect(answer.card.gates[1]).toMatchObject({ errors: 0, first: null });
  expect(left[0]!.body).toEqual({ duty: 'dataOwner', before: null, after: users.dataOwner.id });
});

test('an unowned next action follows the duty that owns the stage, an owned one stays', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'data');
  await users.lead.call(route, assign(card.id, 'dataOwner', users.dataOwner, null));
  const { card: taken } = await users.lead.call(route, assign(card.id, 'dataOwner', null, users.dataOwner));
  expect(taken.nextAction.owner).toBe(users.dataOwner.id);
  const { card: other } = await users.lead.call(route, assign(card.id, 'reviewer', users.reviewer, null));
  expect(other.nextAction.owner).toBe(users.dataOwner.id);
});

test('is stale if somebody else received the duty meanwhile', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const problem = await expectNoWrites(server.db, () =>
    users.lead.refused(route, assign(card.id, 'reviewer', null, users.reviewer)),
  );
  expect(problem).toMatchObject({ status: 409, current: users.reviewer.id });
});

test('[O01] only the lead assigns', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [
      users.dataOwner,
      users.reviewer,
      users.outputPreparer,
      users.signatory,
      users.observer,
      users.admin,
    ]) {
      expect(await person.refused(route, assign(card.id, 'reviewer', null, users.reviewer))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
    }
  });
});

test('[O02] nobody receives a duty that they do not hold in the scope', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.dataOwner, users.observer, users.elsewhere.admin]) {
      expect(await users.lead.refused(route, assign(card.id, 'reviewer', null, person))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O02', params: { duty: 'reviewer' } }],
      });
    }
  });
});
