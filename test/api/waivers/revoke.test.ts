import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { gateOf, proposed, waived, withoutMass } from '#test/support/waivers.ts';

const ctx = useTestServer();
const route = 'post /api/waivers/{waiver}/revocation';
const revocation = (waiver: string) => ({ params: { waiver }, body: { why: 'The mass is known by now' } });

describe('every verb', () =>
  commandContract({
    route,
    kind: 'waiver.revoked',
    ctx,
    occasion: async () => ({
      by: ctx.users.reviewer,
      ask: revocation((await waived(ctx)).waiver),
      trail: ctx.users.scope,
    }),
  }));

test('the gate closes immediately, the badge and its count go, and the requester is notified', async () => {
  const { users, server } = ctx;
  const { card, waiver } = await waived(ctx);
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, revocation(waiver)));
  expect(answer.waiver).toMatchObject({ state: 'revoked', revoked: { by: users.lead.id } });
  expect(answer.card.waived).toBe(0);
  expect(gateOf(answer.card)).toMatchObject({ waived: 0, errors: gateOf(card).errors + 1 });
  expect(Object.keys(left[0]!.counts)).toEqual(['intake.waived']);
  const { notifications } = await users.dataOwner.call('get /api/notifications', { query: {} });
  expect(notifications[0]).toMatchObject({ kind: 'waiver.decided', params: { outcome: 'revoked' } });
});

test('the requester withdraws a proposal, but cannot end a waiver in force', async () => {
  const { users, server } = ctx;
  const record = await withoutMass(ctx);
  const waiver = await proposed(ctx, record.id);
  expect((await users.dataOwner.call(route, revocation(waiver))).waiver.state).toBe('revoked');
  const active = await waived(ctx);
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, revocation(active.waiver))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O01' }],
    });
  });
});

test('an ended waiver cannot be ended again', async () => {
  const { users, server } = ctx;
  const { waiver } = await waived(ctx);
  await users.lead.call(route, revocation(waiver));
  await expectNoWrites(server.db, async () => {
    expect(await users.lead.refused(route, revocation(waiver))).toMatchObject({ status: 409, current: 'revoked' });
  });
});
