import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, recordIn } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const route = 'post /api/scopes/{scope}/bulk/next-actions';
const next = { what: 'ask for the register', due: '2026-12-01' };

test('assigns each next action that may be assigned, and returns the denials of the others', async () => {
  const { users, server } = ctx;
  const [data, review, intake] = [await recordIn(ctx, 'data'), await recordIn(ctx, 'review'), await newRecord(users)];
  const ask = {
    params: { scope: users.scope },
    body: {
      to: users.dataOwner.id,
      ...next,
      records: [
        { record: data.id, from: users.dataOwner.id },
        { record: review.id, from: users.reviewer.id },
        { record: intake.id, from: users.lead.id },
      ],
    },
    operation: randomUUID(),
  };
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, ask));
  expect(answer.results.map(({ refusal }) => refusal?.type ?? null)).toEqual([null, 'refused', 'stale']);
  expect(answer.results[0]!.card!.nextAction).toEqual({ owner: users.dataOwner.id, ...next });
  expect(answer.results[1]!.refusal!.findings).toMatchObject([{ rule: 'O02' }, { rule: 'O05' }]);
  expect(left.map(({ kind }) => kind)).toEqual(['record.handedOver']);
  expect(await expectNoWrites(server.db, () => users.lead.call(route, ask))).toEqual(answer);
});

test('accepts at most 200 in one request, and none for another organisation', async () => {
  const { users, server } = ctx;
  const ask = (count: number) => ({
    params: { scope: users.scope },
    body: { to: null, ...next, records: Array.from({ length: count }, () => ({ record: randomUUID(), from: null })) },
  });
  await expectNoWrites(server.db, async () => {
    expect(await users.lead.refused(route, ask(201))).toMatchObject({ status: 400, type: 'invalid' });
    expect(await users.elsewhere.admin.refused(route, ask(1))).toMatchObject({ status: 404 });
  });
});
