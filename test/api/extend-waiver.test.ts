import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';
import { decide, gateOf, inDays, massPath, waived } from '#test/support/waivers.ts';

const ground = standOn();
const route = 'post /api/waivers/{waiver}/extension';
const extension = (waiver: string, days = 60) => ({
  params: { waiver },
  body: { endsOn: inDays(ground, days), reason: 'The calibration takes longer' },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'waiver.proposed',
    ground,
    occasion: async () => ({
      by: ground.cast.dataOwner,
      ask: extension((await waived(ground)).waiver),
      trail: ground.cast.scope,
    }),
  }));

test('is approved anew; until then the old end holds, then the extension takes its place', async () => {
  const { cast, server } = ground;
  const { card, waiver } = await waived(ground);
  const asked = await cast.dataOwner.call(route, extension(waiver));
  expect(asked.waiver).toMatchObject({
    state: 'proposed',
    extends: waiver,
    measure: 'Weighed by the neighbouring plant',
  });
  expect(gateOf(asked.card)).toEqual(gateOf(card));
  const { left } = await eventsOf(server.db, cast.scope, () => decide(cast.lead, asked.waiver.id));
  expect(left.map(({ kind, body }) => [kind, 'extends' in body && body.extends])).toEqual([
    ['waiver.approved', waiver],
  ]);
  const detail = await cast.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(detail.waivers.map(({ id, state }) => [id, state])).toEqual([
    [asked.waiver.id, 'active'],
    [waiver, 'revoked'],
  ]);
  expect(detail.waivers[1]!.revoked).toMatchObject({ by: cast.lead.id, why: null });
  expect(detail.card.waived).toBe(1);
  const finding = detail.verdicts[2]!.findings.find(({ rule }) => rule === 'R50');
  expect(finding!.waived).toEqual({ waiver: asked.waiver.id, until: inDays(ground, 60) });
});

test('a refused extension leaves the waiver as it was', async () => {
  const { cast } = ground;
  const { card, waiver } = await waived(ground);
  const asked = await cast.dataOwner.call(route, extension(waiver));
  const refused = await decide(cast.lead, asked.waiver.id, false);
  expect(gateOf(refused.card)).toEqual(gateOf(card));
  const { waivers } = await cast.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(waivers.map(({ state }) => state)).toEqual(['refused', 'active']);
});

test('[M15] [M11] [M12] it ends later than before, within what is allowed, and is asked for once', async () => {
  const { cast, server } = ground;
  const { waiver } = await waived(ground);
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, extension(waiver, 30))).toMatchObject({ findings: [{ rule: 'M15' }] });
    expect(await cast.dataOwner.refused(route, extension(waiver, 91))).toMatchObject({ findings: [{ rule: 'M11' }] });
  });
  await cast.dataOwner.call(route, extension(waiver));
  await withoutTrace(server.db, async () => {
    expect(await cast.lead.refused(route, extension(waiver, 70))).toMatchObject({ findings: [{ rule: 'M12' }] });
  });
});

test('[M16] what was mended meanwhile is not extended', async () => {
  const { cast, server } = ground;
  const { card, waiver } = await waived(ground);
  await cast.dataOwner.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: massPath, from: null, to: '1900' }] },
  });
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, extension(waiver))).toMatchObject({ findings: [{ rule: 'M16' }] });
  });
});

test('[O01] only a waiver that holds is extended, by those who may ask for one', async () => {
  const { cast, server } = ground;
  const { waiver } = await waived(ground);
  await withoutTrace(server.db, async () => {
    expect(await cast.observer.refused(route, extension(waiver))).toMatchObject({ status: 403 });
  });
  await cast.lead.call('post /api/waivers/{waiver}/revocation', { params: { waiver }, body: { why: 'weighed' } });
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, extension(waiver))).toMatchObject({ status: 409, current: 'revoked' });
  });
});
