import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { decide, gateOf, inDays, massPath, waived } from '#test/support/waivers.ts';

const ctx = useTestServer();
const route = 'post /api/waivers/{waiver}/extension';
const extension = (waiver: string, days = 60) => ({
  params: { waiver },
  body: { endsOn: inDays(ctx, days), reason: 'The calibration takes longer' },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'waiver.proposed',
    ctx,
    occasion: async () => ({
      by: ctx.users.dataOwner,
      ask: extension((await waived(ctx)).waiver),
      trail: ctx.users.scope,
    }),
  }));

test('needs another approval; until then the old end applies, then the extension replaces it', async () => {
  const { users, server } = ctx;
  const { card, waiver } = await waived(ctx);
  const asked = await users.dataOwner.call(route, extension(waiver));
  expect(asked.waiver).toMatchObject({
    state: 'proposed',
    extends: waiver,
    measure: 'Weighed by the neighbouring plant',
  });
  expect(gateOf(asked.card)).toEqual(gateOf(card));
  const { left } = await eventsOf(server.db, users.scope, () => decide(users.lead, asked.waiver.id));
  expect(left.map(({ kind, body }) => [kind, 'extends' in body && body.extends])).toEqual([
    ['waiver.approved', waiver],
  ]);
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(detail.waivers.map(({ id, state }) => [id, state])).toEqual([
    [asked.waiver.id, 'active'],
    [waiver, 'revoked'],
  ]);
  expect(detail.waivers[1]!.revoked).toMatchObject({ by: users.lead.id, why: null });
  expect(detail.card.waived).toBe(1);
  const finding = detail.verdicts[2]!.findings.find(({ rule }) => rule === 'R50');
  expect(finding!.waived).toEqual({ waiver: asked.waiver.id, until: inDays(ctx, 60) });
});

test('a refused extension leaves the waiver unchanged', async () => {
  const { users } = ctx;
  const { card, waiver } = await waived(ctx);
  const asked = await users.dataOwner.call(route, extension(waiver));
  const refused = await decide(users.lead, asked.waiver.id, false);
  expect(gateOf(refused.card)).toEqual(gateOf(card));
  const { waivers } = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(waivers.map(({ state }) => state)).toEqual(['refused', 'active']);
});

test('[M15] [M11] [M12] ends later than before, within the allowed time, and is requested once', async () => {
  const { users, server } = ctx;
  const { waiver } = await waived(ctx);
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, extension(waiver, 30))).toMatchObject({ findings: [{ rule: 'M15' }] });
    expect(await users.dataOwner.refused(route, extension(waiver, 91))).toMatchObject({ findings: [{ rule: 'M11' }] });
  });
  await users.dataOwner.call(route, extension(waiver));
  await expectNoWrites(server.db, async () => {
    expect(await users.lead.refused(route, extension(waiver, 70))).toMatchObject({ findings: [{ rule: 'M12' }] });
  });
});

test('[M16] a waiver of a violation corrected meanwhile cannot be extended', async () => {
  const { users, server } = ctx;
  const { card, waiver } = await waived(ctx);
  await users.dataOwner.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: massPath, from: null, to: '1900' }] },
  });
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, extension(waiver))).toMatchObject({ findings: [{ rule: 'M16' }] });
  });
});

test('[O01] only a waiver in force can be extended, by people who may request one', async () => {
  const { users, server } = ctx;
  const { waiver } = await waived(ctx);
  await expectNoWrites(server.db, async () => {
    expect(await users.observer.refused(route, extension(waiver))).toMatchObject({ status: 403 });
  });
  await users.lead.call('post /api/waivers/{waiver}/revocation', { params: { waiver }, body: { why: 'weighed' } });
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, extension(waiver))).toMatchObject({ status: 409, current: 'revoked' });
  });
});
