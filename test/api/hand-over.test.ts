import { describe, expect, test } from 'vitest';
import type { Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, recordIn } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/records/{record}/next-action';
const hand = (
  record: string,
  from: Client | null,
  to: Client | null,
  what: string | null = 'ask for the register',
) => ({
  params: { record },
  body: { from: from?.id ?? null, to: to?.id ?? null, what, due: '2026-12-01' },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'record.handedOver',
    ground,
    occasion: async () => {
      const card = await recordIn(ground, 'data');
      return {
        by: ground.cast.dataOwner,
        ask: hand(card.id, ground.cast.dataOwner, ground.cast.lead),
        trail: ground.cast.scope,
      };
    },
  }));

test('the card says what, who and until when; the event says what it was before', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.reviewer.call(route, hand(card.id, cast.reviewer, cast.lead)),
  );
  const after = { what: 'ask for the register', owner: cast.lead.id, due: '2026-12-01' };
  expect(answer.card.nextAction).toEqual(after);
  expect(left[0]!.body).toEqual({ before: { what: null, owner: cast.reviewer.id, due: null }, after });
});

test('[O03] an unowned next action is taken by whose duty fits the stage, for themselves only', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  await cast.lead.call(route, hand(card.id, cast.reviewer, null, null));
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, hand(card.id, null, cast.dataOwner))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O03' }],
    });
    expect(await cast.reviewer.refused(route, hand(card.id, null, cast.lead))).toMatchObject({ status: 403 });
  });
  const { card: taken } = await cast.reviewer.call(route, hand(card.id, null, cast.reviewer));
  expect(taken.nextAction.owner).toBe(cast.reviewer.id);
});

test('[O03] what somebody else owns is handed over by them or the lead', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  const problem = await withoutTrace(server.db, () =>
    cast.reviewer.refused(route, hand(card.id, cast.dataOwner, cast.reviewer)),
  );
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O03' }] });
});

test('[O02] the next action goes to the lead or to somebody whose duty owns the stage', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'data');
  await withoutTrace(server.db, async () => {
    for (const person of [cast.observer, cast.signatory, cast.elsewhere.admin]) {
      expect(await cast.lead.refused(route, hand(card.id, cast.dataOwner, person))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O02' }],
      });
    }
  });
});

test('is stale where somebody else owns it by now', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  await cast.lead.call(route, hand(card.id, null, cast.lead));
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, hand(card.id, null, cast.lead)));
  expect(problem).toMatchObject({ status: 409, current: cast.lead.id });
});
