import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord, recordIn } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';

const ground = standOn();
const route = 'post /api/scopes/{scope}/bulk/next-actions';
const next = { what: 'ask for the register', due: '2026-12-01' };

test('gives each next action that may be given, and says of each other why not', async () => {
  const { cast, server } = ground;
  const [data, review, intake] = [
    await recordIn(ground, 'data'),
    await recordIn(ground, 'review'),
    await newRecord(cast),
  ];
  const ask = {
    params: { scope: cast.scope },
    body: {
      to: cast.dataOwner.id,
      ...next,
      records: [
        { record: data.id, from: cast.dataOwner.id },
        { record: review.id, from: cast.reviewer.id },
        { record: intake.id, from: cast.lead.id },
      ],
    },
    operation: randomUUID(),
  };
  const { answer, left } = await eventsOf(server.db, cast.scope, () => cast.lead.call(route, ask));
  expect(answer.results.map(({ refusal }) => refusal?.type ?? null)).toEqual([null, 'refused', 'stale']);
  expect(answer.results[0]!.card!.nextAction).toEqual({ owner: cast.dataOwner.id, ...next });
  expect(answer.results[1]!.refusal!.findings).toMatchObject([{ rule: 'O02' }, { rule: 'O05' }]);
  expect(left.map(({ kind }) => kind)).toEqual(['record.handedOver']);
  expect(await withoutTrace(server.db, () => cast.lead.call(route, ask))).toEqual(answer);
});

test('at most 200 at once, and not for another organisation', async () => {
  const { cast, server } = ground;
  const ask = (count: number) => ({
    params: { scope: cast.scope },
    body: { to: null, ...next, records: Array.from({ length: count }, () => ({ record: randomUUID(), from: null })) },
  });
  await withoutTrace(server.db, async () => {
    expect(await cast.lead.refused(route, ask(201))).toMatchObject({ status: 400, type: 'invalid' });
    expect(await cast.elsewhere.admin.refused(route, ask(1))).toMatchObject({ status: 404 });
  });
});
