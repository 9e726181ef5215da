import { describe, expect, test } from 'vitest';
import type { RecordDuty } from '#shared/contract/duty.ts';
import type { Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/records/{record}/duties';
const assign = (record: string, duty: RecordDuty, from: Client | null, to: Client | null) => ({
  params: { record },
  body: { duty, from: from?.id ?? null, to: to?.id ?? null },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'record.assigned',
    ground,
    occasion: async () => ({
      by: ground.cast.lead,
      ask: assign((await newRecord(ground.cast)).id, 'reviewer', null, ground.cast.reviewer),
      trail: ground.cast.scope,
    }),
  }));

test('the card names the holder, its gates are judged anew, and the event says before and after', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  expect(card.gates[1]).toMatchObject({ errors: 1, first: { rule: 'P02' } });
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.lead.call(route, assign(card.id, 'dataOwner', null, cast.dataOwner)),
  );
  expect(answer.card).toMatchObject({ duties: { dataOwner: cast.dataOwner.id } });
  expect(answer.card.gates[1]).toMatchObject({ errors: 0, first: null });
  expect(left[0]!.body).toEqual({ duty: 'dataOwner', before: null, after: cast.dataOwner.id });
});

test('an unowned next action goes with the duty that owns the stage, an owned one stays', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'data');
  await cast.lead.call(route, assign(card.id, 'dataOwner', cast.dataOwner, null));
  const { card: taken } = await cast.lead.call(route, assign(card.id, 'dataOwner', null, cast.dataOwner));
  expect(taken.nextAction.owner).toBe(cast.dataOwner.id);
  const { card: other } = await cast.lead.call(route, assign(card.id, 'reviewer', cast.reviewer, null));
  expect(other.nextAction.owner).toBe(cast.dataOwner.id);
});

test('is stale where somebody else was given the duty meanwhile', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const problem = await withoutTrace(server.db, () =>
    cast.lead.refused(route, assign(card.id, 'reviewer', null, cast.reviewer)),
  );
  expect(problem).toMatchObject({ status: 409, current: cast.reviewer.id });
});

test('[O01] only the lead assigns', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  await withoutTrace(server.db, async () => {
    for (const person of [
      cast.dataOwner,
      cast.reviewer,
      cast.outputPreparer,
      cast.signatory,
      cast.observer,
      cast.admin,
    ]) {
      expect(await person.refused(route, assign(card.id, 'reviewer', null, cast.reviewer))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
    }
  });
});

test('[O02] nobody is given a duty that they do not hold in the scope', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  await withoutTrace(server.db, async () => {
    for (const person of [cast.dataOwner, cast.observer, cast.elsewhere.admin]) {
      expect(await cast.lead.refused(route, assign(card.id, 'reviewer', null, person))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O02', params: { duty: 'reviewer' } }],
      });
    }
  });
});
