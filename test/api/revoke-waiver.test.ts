import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';
import { gateOf, proposed, waived, withoutMass } from '#test/support/waivers.ts';

const ground = standOn();
const route = 'post /api/waivers/{waiver}/revocation';
const revocation = (waiver: string) => ({ params: { waiver }, body: { why: 'The mass is known by now' } });

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'waiver.revoked',
    ground,
    occasion: async () => ({
      by: ground.cast.reviewer,
      ask: revocation((await waived(ground)).waiver),
      trail: ground.cast.scope,
    }),
  }));

test('the gate shuts at once, the badge and its count go, and the requester is told', async () => {
  const { cast, server } = ground;
  const { card, waiver } = await waived(ground);
  const { answer, left } = await eventsOf(server.db, cast.scope, () => cast.lead.call(route, revocation(waiver)));
  expect(answer.waiver).toMatchObject({ state: 'revoked', revoked: { by: cast.lead.id } });
  expect(answer.card.waived).toBe(0);
  expect(gateOf(answer.card)).toMatchObject({ waived: 0, errors: gateOf(card).errors + 1 });
  expect(Object.keys(left[0]!.counts)).toEqual(['intake.waived']);
  const { notifications } = await cast.dataOwner.call('get /api/notifications', { query: {} });
  expect(notifications[0]).toMatchObject({ kind: 'waiver.decided', params: { outcome: 'revoked' } });
});

test('who asked for it takes a proposal back, but ends nothing that holds', async () => {
  const { cast, server } = ground;
  const record = await withoutMass(ground);
  const waiver = await proposed(ground, record.id);
  expect((await cast.dataOwner.call(route, revocation(waiver))).waiver.state).toBe('revoked');
  const active = await waived(ground);
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, revocation(active.waiver))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O01' }],
    });
  });
});

test('what has ended is not ended again', async () => {
  const { cast, server } = ground;
  const { waiver } = await waived(ground);
  await cast.lead.call(route, revocation(waiver));
  await withoutTrace(server.db, async () => {
    expect(await cast.lead.refused(route, revocation(waiver))).toMatchObject({ status: 409, current: 'revoked' });
  });
});
