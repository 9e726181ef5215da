import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';
import { asking, gateOf, inDays, proposed, waived, withoutMass } from '#test/support/waivers.ts';

const ground = standOn();
const route = 'post /api/scopes/{scope}/waivers';

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'waiver.proposed',
    ground,
    occasion: async () => ({
      by: ground.cast.dataOwner,
      ask: asking(ground, [(await withoutMass(ground)).id]),
      trail: ground.cast.scope,
    }),
  }));

test('a proposal opens nothing, stands on the record, and is told to those who may decide it but its requester', async () => {
  const { cast, server } = ground;
  const record = await withoutMass(ground);
  const { left } = await eventsOf(server.db, cast.scope, () => cast.lead.call(route, asking(ground, [record.id])));
  const { waivers, card } = await cast.observer.call('get /api/records/{record}', { params: { record: record.id } });
  expect(waivers).toMatchObject([
    { rule: 'R50', state: 'proposed', endsOn: inDays(ground, 30), requested: { by: cast.lead.id }, decided: null },
  ]);
  expect(left[0]!.body).toMatchObject({ waiver: waivers[0]!.id, rule: 'R50' });
  expect(card.waived).toBe(0);
  expect(gateOf(card)).toMatchObject({ errors: gateOf(record).errors, waived: 0 });
  const told = await Promise.all(
    (['lead', 'reviewer', 'dataOwner'] as const).map(async (duty) => {
      const { notifications } = await cast[duty].call('get /api/notifications', { query: {} });
      return notifications.some(({ record: about, kind }) => about.id === record.id && kind === 'waiver.proposed');
    }),
  );
  expect(told).toEqual([false, true, false]);
});

test('of several records each is judged on its own; those that are refused say why and have no waiver', async () => {
  const { cast, server } = ground;
  const [one, other] = [await withoutMass(ground), await withoutMass(ground)];
  const waiting = await withoutMass(ground);
  await proposed(ground, waiting.id);
  const { card: active } = await waived(ground);
  const whole = await staffedRecord(cast);
  const ask = asking(
    ground,
    [one, whole, waiting, active, other].map(({ id }) => id),
  );
  const { answer, left } = await eventsOf(server.db, cast.scope, () => cast.lead.call(route, ask));
  expect(answer.outcomes.map(({ findings }) => findings[0]?.rule ?? null)).toEqual([null, 'M16', 'M12', 'M13', null]);
  expect(answer.outcomes.map(({ waiver }) => waiver !== null)).toEqual([true, false, false, false, true]);
  expect(left.map(({ recordId }) => recordId).sort()).toEqual([one.id, other.id].sort());
  const { notifications } = await cast.reviewer.call('get /api/notifications', { query: {} });
  expect(notifications[0]).toMatchObject({ kind: 'waiver.proposed', params: { more: 1, rule: 'R50' } });
});

test('[M10] a rule that is fixed, or that no gate asks, is never waived', async () => {
  const record = await withoutMass(ground);
  await refused(record.id, { rule: 'R01' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'P06' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'P13' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'R99x' }, { rule: 'M10', params: { why: 'unknown' } });
});

test('[M11] it ends neither in the past nor later than the organisation allows', async () => {
  const record = await withoutMass(ground);
  await refused(record.id, { endsOn: inDays(ground, -1) }, { rule: 'M11', params: { why: 'past' } });
  await refused(record.id, { endsOn: inDays(ground, 91) }, { rule: 'M11', params: { latest: inDays(ground, 90) } });
  expect(await proposed(ground, record.id, ground.cast.dataOwner, { endsOn: inDays(ground, 90) })).toBeTruthy();
  const today = await withoutMass(ground);
  expect(await proposed(ground, today.id, ground.cast.dataOwner, { endsOn: inDays(ground, 0) })).toBeTruthy();
});

test('[M12] [M13] [M16] where no record may have it, all of it is refused', async () => {
  const record = await withoutMass(ground);
  await proposed(ground, record.id);
  await refused(record.id, {}, { rule: 'M12' });
  await refused((await waived(ground)).card.id, {}, { rule: 'M13' });
  await refused((await staffedRecord(ground.cast)).id, {}, { rule: 'M16' });
});

test('[O01] who has no duty on the record asks for none', async () => {
  const { cast, server } = ground;
  const record = await withoutMass(ground);
  const unassigned = await newRecord(cast);
  await withoutTrace(server.db, async () => {
    for (const [person, id] of [
      [cast.observer, record.id],
      [cast.admin, record.id],
      [cast.dataOwner, unassigned.id],
    ] as const)
      expect(await person.refused(route, asking(ground, [id]))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
  });
});

test('a record of another scope is not found, and nothing is proposed on the others', async () => {
  const { cast, server } = ground;
  const record = await withoutMass(ground);
  await withoutTrace(server.db, async () => {
    const ask = asking(ground, [record.id, crypto.randomUUID()]);
    expect(await cast.lead.refused(route, ask)).toMatchObject({ status: 404 });
  });
});

async function refused(record: string, more: Parameters<typeof asking>[2], finding: object): Promise<void> {
  const { cast, server } = ground;
  await withoutTrace(server.db, async () => {
    expect(await cast.dataOwner.refused(route, asking(ground, [record], more))).toMatchObject({
      status: 422,
      findings: [finding],
    });
  });
}
