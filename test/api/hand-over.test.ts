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

test('[O05] who edited the present data does not take its review; who was given it before the edit keeps it', async () => {
  const { cast, server } = ground;
  const both = { params: { scope: cast.scope, person: cast.dataOwner.id } };
  const duties = 'put /api/scopes/{scope}/people/{person}/duties';
  await cast.admin.call(duties, { ...both, body: { from: ['dataOwner'], to: ['dataOwner', 'reviewer'] } });
  const card = await recordIn(ground, 'review');
  expect(card.editors).toContain(cast.dataOwner.id);
  const problem = await withoutTrace(server.db, () =>
    cast.lead.refused(route, hand(card.id, cast.reviewer, cast.dataOwner)),
  );
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'O05' }] });
  await cast.admin.call(duties, { ...both, body: { from: ['dataOwner', 'reviewer'], to: ['dataOwner'] } });
});

test('[O06] who is absent takes what is due when they are back; what they own already is theirs on any day', async () => {
  const { cast, server } = ground;
  const day = (days: number) =>
    new Date(server.services.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const person = { organisation: cast.organisation, person: cast.reviewer.id };
  const { absence } = await cast.reviewer.call('post /api/organisations/{organisation}/people/{person}/absences', {
    params: person,
    body: { from: day(0), until: day(3) },
  });
  const card = await recordIn(ground, 'review');
  const ask = (from: Client, to: Client, due: string | null) => ({
    params: { record: card.id },
    body: { from: from.id, to: to.id, what: null, due },
  });
  await cast.lead.call(route, ask(cast.reviewer, cast.reviewer, day(1)));
  await cast.lead.call(route, ask(cast.reviewer, cast.lead, null));
  await withoutTrace(server.db, async () => {
    for (const due of [null, day(0), day(3)]) {
      expect(await cast.lead.refused(route, ask(cast.lead, cast.reviewer, due))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O06', params: { until: day(3), back: day(4) } }],
      });
    }
  });
  const { card: taken } = await cast.lead.call(route, ask(cast.lead, cast.reviewer, day(4)));
  expect(taken.nextAction).toMatchObject({ owner: cast.reviewer.id, due: day(4) });
  await cast.reviewer.call('delete /api/organisations/{organisation}/people/{person}/absences/{absence}', {
    params: { ...person, absence: absence.id },
  });
});

test('[O06] what was given away goes back to somebody who is absent when it is taken back', async () => {
  const { cast, server } = ground;
  const today = server.services.now().toISOString().slice(0, 10);
  const card = await recordIn(ground, 'review');
  const person = { organisation: cast.organisation, person: cast.reviewer.id };
  const { absence } = await cast.lead.call('post /api/organisations/{organisation}/people/{person}/absences', {
    params: person,
    body: { from: today, until: today },
  });
  const operation = crypto.randomUUID();
  await cast.lead.call(route, { ...hand(card.id, cast.reviewer, cast.lead), operation });
  const { results } = await cast.lead.call('post /api/operations/{operation}/take-back', { params: { operation } });
  expect(results[0]!.card!.nextAction.owner).toBe(cast.reviewer.id);
  await cast.lead.call('delete /api/organisations/{organisation}/people/{person}/absences/{absence}', {
    params: { ...person, absence: absence.id },
  });
});

test('whoever is given a next action by somebody else is told, once: handed over, with a duty, or by a move', async () => {
  const { cast } = ground;
  const given = async (to: Client, record: string) =>
    (await to.call('get /api/notifications', { query: {} })).notifications
      .filter((told) => told.kind === 'action.given' && told.record.id === record)
      .map(({ params }) => params);
  let card = await recordIn(ground, 'data');
  const byLead = { by: cast.lead.name };
  expect(await given(cast.dataOwner, card.id)).toEqual([byLead]);
  await cast.dataOwner.call(route, hand(card.id, cast.dataOwner, cast.lead, 'find the register'));
  expect(await given(cast.lead, card.id)).toEqual([{ by: cast.dataOwner.name, what: 'find the register' }]);
  await cast.lead.call(route, hand(card.id, cast.lead, cast.lead, 'another thing'));
  await cast.lead.call(route, hand(card.id, cast.lead, null));
  expect(await given(cast.lead, card.id)).toHaveLength(1);
  ({ card } = await cast.dataOwner.call(route, hand(card.id, null, cast.dataOwner)));
  expect(await given(cast.dataOwner, card.id)).toHaveLength(1);

  const assign = 'post /api/records/{record}/duties';
  const fresh = await recordIn(ground, 'review');
  const params = { record: fresh.id };
  await cast.lead.call(assign, { params, body: { duty: 'reviewer', from: cast.reviewer.id, to: null } });
  await cast.lead.call(assign, { params, body: { duty: 'reviewer', from: null, to: cast.reviewer.id } });
  expect(await given(cast.reviewer, fresh.id)).toEqual([byLead, byLead]);
});
