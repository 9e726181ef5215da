import { describe, expect, test } from 'vitest';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, recordIn } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
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
  commandContract({
    route,
    kind: 'record.handedOver',
    ctx,
    occasion: async () => {
      const card = await recordIn(ctx, 'data');
      return {
        by: ctx.users.dataOwner,
        ask: hand(card.id, ctx.users.dataOwner, ctx.users.lead),
        trail: ctx.users.scope,
      };
    },
  }));

test('the card shows text, owner and due day; the event has the previous values', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.reviewer.call(route, hand(card.id, users.reviewer, users.lead)),
  );
  const after = { what: 'ask for the register', owner: users.lead.id, due: '2026-12-01' };
  expect(answer.card.nextAction).toEqual(after);
  expect(left[0]!.body).toEqual({ before: { what: null, owner: users.reviewer.id, due: null }, after });
});

test('[O03] a person whose duty owns the stage takes an unowned next action, for themselves only', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  await users.lead.call(route, hand(card.id, users.reviewer, null, null));
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, hand(card.id, null, users.dataOwner))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O03' }],
    });
    expect(await users.reviewer.refused(route, hand(card.id, null, users.lead))).toMatchObject({ status: 403 });
  });
  const { card: taken } = await users.reviewer.call(route, hand(card.id, null, users.reviewer));
  expect(taken.nextAction.owner).toBe(users.reviewer.id);
});

test('[O03] the owner or the lead hands over an owned action', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  const problem = await expectNoWrites(server.db, () =>
    users.reviewer.refused(route, hand(card.id, users.dataOwner, users.reviewer)),
  );
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O03' }] });
});

test('[O02] the next action goes to the lead or to a person whose duty owns the stage', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'data');
  await expectNoWrites(server.db, async () => {
    for (const person of [users.observer, users.signatory, users.elsewhere.admin]) {
      expect(await users.lead.refused(route, hand(card.id, users.dataOwner, person))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O02' }],
      });
    }
  });
});

test('is stale if somebody else owns it by now', async () => {
  const { users, server } = ctx;
  const card = await newRecord(users);
  await users.lead.call(route, hand(card.id, null, users.lead));
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, hand(card.id, null, users.lead)));
  expect(problem).toMatchObject({ status: 409, current: users.lead.id });
});

test('[O05] an editor of the present data does not take its review; an owner assigned before the edit keeps it', async () => {
  const { users, server } = ctx;
  const both = { params: { scope: users.scope, person: users.dataOwner.id } };
  const duties = 'put /api/scopes/{scope}/people/{person}/duties';
  await users.admin.call(duties, { ...both, body: { from: ['dataOwner'], to: ['dataOwner', 'reviewer'] } });
  const card = await recordIn(ctx, 'review');
  expect(card.editors).toContain(users.dataOwner.id);
  const problem = await expectNoWrites(server.db, () =>
    users.lead.refused(route, hand(card.id, users.reviewer, users.dataOwner)),
  );
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'O05' }] });
  await users.admin.call(duties, { ...both, body: { from: ['dataOwner', 'reviewer'], to: ['dataOwner'] } });
});

test('[O06] an absent person takes an action due after their return; an action they already own keeps any due day', async () => {
  const { users, server } = ctx;
  const day = (days: number) =>
    new Date(server.services.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const person = { organisation: users.organisation, person: users.reviewer.id };
  const { absence } = await users.reviewer.call('post /api/organisations/{organisation}/people/{person}/absences', {
    params: person,
    body: { from: day(0), until: day(3) },
  });
  const card = await recordIn(ctx, 'review');
  const ask = (from: Client, to: Client, due: string | null) => ({
    params: { record: card.id },
    body: { from: from.id, to: to.id, what: null, due },
  });
  await users.lead.call(route, ask(users.reviewer, users.reviewer, day(1)));
  await users.lead.call(route, ask(users.reviewer, users.lead, null));
  await expectNoWrites(server.db, async () => {
    for (const due of [null, day(0), day(3)]) {
      expect(await users.lead.refused(route, ask(users.lead, users.reviewer, due))).toMatchObject({
        status: 422,
        findings: [{ rule: 'O06', params: { until: day(3), back: day(4) } }],
      });
    }
  });
  const { card: taken } = await users.lead.call(route, ask(users.lead, users.reviewer, day(4)));
  expect(taken.nextAction).toMatchObject({ owner: users.reviewer.id, due: day(4) });
  await users.reviewer.call('delete /api/organisations/{organisation}/people/{person}/absences/{absence}', {
    params: { ...person, absence: absence.id },
  });
});

test('[O06] undo returns an action to an absent person', async () => {
  const { users, server } = ctx;
  const today = server.services.now().toISOString().slice(0, 10);
  const card = await recordIn(ctx, 'review');
  const person = { organisation: users.organisation, person: users.reviewer.id };
  const { absence } = await users.lead.call('post /api/organisations/{organisation}/people/{person}/absences', {
    params: person,
    body: { from: today, until: today },
  });
  const operation = crypto.randomUUID();
  await users.lead.call(route, { ...hand(card.id, users.reviewer, users.lead), operation });
  const { results } = await users.lead.call('post /api/operations/{operation}/take-back', { params: { operation } });
  expect(results[0]!.card!.nextAction.owner).toBe(users.reviewer.id);
  await users.lead.call('delete /api/organisations/{organisation}/people/{person}/absences/{absence}', {
    params: { ...person, absence: absence.id },
  });
});

test('a person who receives a next action from somebody else is notified once: by assignment, with a duty, or by a move', async () => {
  const { users } = ctx;
  const given = async (to: Client, record: string) =>
    (await to.call('get /api/notifications', { query: {} })).notifications
      .filter((told) => told.kind === 'action.given' && told.record.id === record)
      .map(({ params }) => params);
  let card = await recordIn(ctx, 'data');
  const byLead = { by: users.lead.name };
  expect(await given(users.dataOwner, card.id)).toEqual([byLead]);
  await users.dataOwner.call(route, hand(card.id, users.dataOwner, users.lead, 'find the register'));
  expect(await given(users.lead, card.id)).toEqual([{ by: users.dataOwner.name, what: 'find the register' }]);
  await users.lead.call(route, hand(card.id, users.lead, users.lead, 'another thing'));
  await users.lead.call(route, hand(card.id, users.lead, null));
  expect(await given(users.lead, card.id)).toHaveLength(1);
  ({ card } = await users.dataOwner.call(route, hand(card.id, null, users.dataOwner)));
  expect(await given(users.dataOwner, card.id)).toHaveLength(1);

  const assign = 'post /api/records/{record}/duties';
  const fresh = await recordIn(ctx, 'review');
  const params = { record: fresh.id };
  await users.lead.call(assign, { params, body: { duty: 'reviewer', from: users.reviewer.id, to: null } });
  await users.lead.call(assign, { params, body: { duty: 'reviewer', from: null, to: users.reviewer.id } });
  expect(await given(users.reviewer, fresh.id)).toEqual([byLead, byLead]);
});
