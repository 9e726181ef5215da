import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { asking, gateOf, inDays, proposed, waived, withoutMass } from '#test/support/waivers.ts';

const ctx = useTestServer();
const route = 'post /api/scopes/{scope}/waivers';

describe('every verb', () =>
  commandContract({
    route,
    kind: 'waiver.proposed',
    ctx,
    occasion: async () => ({
      by: ctx.users.dataOwner,
      ask: asking(ctx, [(await withoutMass(ctx)).id]),
      trail: ctx.users.scope,
    }),
  }));

test('a proposal opens nothing, is shown on the record, and notifies the people who may decide it except its requester', async () => {
  const { users, server } = ctx;
  const record = await withoutMass(ctx);
  const { left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, asking(ctx, [record.id])));
  const { waivers, card } = await users.observer.call('get /api/records/{record}', { params: { record: record.id } });
  expect(waivers).toMatchObject([
    { rule: 'R50', state: 'proposed', endsOn: inDays(ctx, 30), requested: { by: users.lead.id }, decided: null },
  ]);
  expect(left[0]!.body).toMatchObject({ waiver: waivers[0]!.id, rule: 'R50' });
  expect(card.waived).toBe(0);
  expect(gateOf(card)).toMatchObject({ errors: gateOf(record).errors, waived: 0 });
  const told = await Promise.all(
    (['lead', 'reviewer', 'dataOwner'] as const).map(async (duty) => {
      const { notifications } = await users[duty].call('get /api/notifications', { query: {} });
      return notifications.some(({ record: about, kind }) => about.id === record.id && kind === 'waiver.proposed');
    }),
  );
  expect(told).toEqual([false, true, false]);
});

test('each record is judged separately; refused ones return the reason and have no waiver', async () => {
  const { users, server } = ctx;
  const [one, other] = [await withoutMass(ctx), await withoutMass(ctx)];
  const waiting = await withoutMass(ctx);
  await proposed(ctx, waiting.id);
  const { card: active } = await waived(ctx);
  const whole = await staffedRecord(users);
  const ask = asking(
    ctx,
    [one, whole, waiting, active, other].map(({ id }) => id),
  );
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, ask));
  expect(answer.outcomes.map(({ findings }) => findings[0]?.rule ?? null)).toEqual([null, 'M16', 'M12', 'M13', null]);
  expect(answer.outcomes.map(({ waiver }) => waiver !== null)).toEqual([true, false, false, false, true]);
  expect(left.map(({ recordId }) => recordId).sort()).toEqual([one.id, other.id].sort());
  const { notifications } = await users.reviewer.call('get /api/notifications', { query: {} });
  expect(notifications[0]).toMatchObject({ kind: 'waiver.proposed', params: { more: 1, rule: 'R50' } });
});

test('[M10] a fixed rule, or one without a gate, is never waived', async () => {
  const record = await withoutMass(ctx);
  await refused(record.id, { rule: 'R01' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'P06' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'P13' }, { rule: 'M10', params: { why: 'fixed' } });
  await refused(record.id, { rule: 'R99x' }, { rule: 'M10', params: { why: 'unknown' } });
});

test('[M11] it ends neither in the past nor later than the organisation allows', async () => {
  const record = await withoutMass(ctx);
  await refused(record.id, { endsOn: inDays(ctx, -1) }, { rule: 'M11', params: { why: 'past' } });
  await refused(record.id, { endsOn: inDays(ctx, 91) }, { rule: 'M11', params: { latest: inDays(ctx, 90) } });
  expect(await proposed(ctx, record.id, ctx.users.dataOwner, { endsOn: inDays(ctx, 90) })).toBeTruthy();
  const today = await withoutMass(ctx);
  expect(await proposed(ctx, today.id, ctx.users.dataOwner, { endsOn: inDays(ctx, 0) })).toBeTruthy();
});

test('[M12] [M13] [M16] if no record may have it, the whole request is refused', async () => {
  const record = await withoutMass(ctx);
  await proposed(ctx, record.id);
  await refused(record.id, {}, { rule: 'M12' });
  await refused((await waived(ctx)).card.id, {}, { rule: 'M13' });
  await refused((await staffedRecord(ctx.users)).id, {}, { rule: 'M16' });
});

test('[O01] a person without a duty on the record cannot request one', async () => {
  const { users, server } = ctx;
  const record = await withoutMass(ctx);
  const unassigned = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const [person, id] of [
      [users.observer, record.id],
      [users.admin, record.id],
      [users.dataOwner, unassigned.id],
    ] as const)
      expect(await person.refused(route, asking(ctx, [id]))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
  });
});

test('a record of another scope is not found, and nothing is proposed on the others', async () => {
  const { users, server } = ctx;
  const record = await withoutMass(ctx);
  await expectNoWrites(server.db, async () => {
    const ask = asking(ctx, [record.id, crypto.randomUUID()]);
    expect(await users.lead.refused(route, ask)).toMatchObject({ status: 404 });
  });
});

async function refused(record: string, more: Parameters<typeof asking>[2], finding: object): Promise<void> {
  const { users, server } = ctx;
  await expectNoWrites(server.db, async () => {
    expect(await users.dataOwner.refused(route, asking(ctx, [record], more))).toMatchObject({
      status: 422,
      findings: [finding],
    });
  });
}
