import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { trails } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { advance, move, tickAll } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { decide, gateOf, inDays, proposed, waived, withoutMass } from '#test/support/waivers.ts';

let later = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + later * 86_400_000) });
const route = 'post /api/waivers/{waiver}/decision';
const asked = async (by = ctx.users.dataOwner) => {
  const record = await withoutMass(ctx);
  return { record, waiver: await proposed(ctx, record.id, by) };
};
const decision = (waiver: string, approve = true) => ({
  params: { waiver },
  body: { approve, note: 'seen the order' },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'waiver.approved',
    ctx,
    occasion: async () => ({
      by: ctx.users.reviewer,
      ask: decision((await asked()).waiver),
      trail: ctx.users.scope,
    }),
  }));

test('an approved waiver opens the gate, is always visible, and counts in the column', async () => {
  const { users, server } = ctx;
  const { record, waiver } = await asked();
  const before = await waivedIn('intake');
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.lead.call(route, decision(waiver)));
  expect(answer.waiver).toMatchObject({ state: 'active', decided: { by: users.lead.id, note: 'seen the order' } });
  expect(answer.card.waived).toBe(1);
  expect(gateOf(answer.card).waived).toBe(1);
  expect(gateOf(answer.card).errors).toBe(gateOf(record).errors - 1);
  expect(left[0]!.counts).toEqual({ 'intake.waived': before + 1 });
  const { columns } = await users.lead.call('get /api/scopes/{scope}/board', {
    params: { scope: users.scope },
    query: {},
  });
  expect(columns[0]!.waived).toBe(before + 1);
  const { verdicts } = await users.lead.call('get /api/records/{record}', { params: { record: record.id } });
  expect(verdicts[2]!.findings.find(({ rule }) => rule === 'R50')).toMatchObject({
    severity: 'error',
    waived: { waiver, until: inDays(ctx, 30) },
  });
});

test('the record moves on with it, the verdict marks it, and the count moves with the card', async () => {
  const { users, server } = ctx;
  let { card } = await waived(ctx);
  const before = { data: await waivedIn('data'), review: await waivedIn('review') };
  card = await advance(ctx, card);
  await tickAll(ctx, card.id, 'data');
  const { left } = await eventsOf(server.db, users.scope, () => move(users.lead, card, 'review'));
  expect(left[0]!.body).toMatchObject({ verdict: { open: true, findings: [{ rule: 'R50', waived: {} }] } });
  expect(await waivedIn('data')).toBe(before.data);
  expect(await waivedIn('review')).toBe(before.review + 1);
});

test('a refused one opens nothing, and its requester is notified either way', async () => {
  const { users, server } = ctx;
  const { record, waiver } = await asked();
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.lead.call(route, decision(waiver, false)),
  );
  expect(answer.waiver.state).toBe('refused');
  expect(gateOf(answer.card)).toEqual(gateOf(record));
  expect(left[0]!.kind).toBe('waiver.refused');
  const { notifications } = await users.dataOwner.call('get /api/notifications', { query: {} });
  expect(notifications[0]).toMatchObject({
    kind: 'waiver.decided',
    record: { id: record.id },
    params: { outcome: 'refused', rule: 'R50', by: users.lead.name },
    readAt: null,
  });
});

test('after the decision nobody else is asked to decide', async () => {
  const { users } = ctx;
  const { record, waiver } = await asked();
  const waiting = async () => {
    const { notifications } = await users.reviewer.call('get /api/notifications', { query: {} });
    return notifications.filter((one) => one.record.id === record.id && one.readAt === null).length;
  };
  expect(await waiting()).toBe(1);
  await users.lead.call(route, decision(waiver));
  expect(await waiting()).toBe(0);
});

test('[M14] nobody decides their own request', async () => {
  const { users, server } = ctx;
  const { waiver } = await asked(users.lead);
  await expectNoWrites(server.db, async () => {
    for (const approve of [true, false])
      expect(await users.lead.refused(route, decision(waiver, approve))).toMatchObject({
        status: 422,
        findings: [{ rule: 'M14' }],
      });
  });
  expect((await users.reviewer.call(route, decision(waiver))).waiver.state).toBe('active');
});

test('[O01] lead and reviewer decide, nobody else', async () => {
  const { users, server } = ctx;
  const { waiver } = await asked(users.lead);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.dataOwner, users.outputPreparer, users.signatory, users.observer, users.admin])
      expect(await person.refused(route, decision(waiver))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
  });
});

test('a decided waiver cannot be decided again', async () => {
  const { users, server } = ctx;
  const { waiver } = await asked();
  await decide(users.lead, waiver, false);
  await expectNoWrites(server.db, async () => {
    expect(await users.reviewer.refused(route, decision(waiver))).toMatchObject({ status: 409, current: 'refused' });
  });
});

test('[M11] a waiver that has expired by the time of the decision cannot be approved', async () => {
  const { users, server } = ctx;
  const { waiver } = await asked();
  later = 31;
  await expectNoWrites(server.db, async () => {
    expect(await users.lead.refused(route, decision(waiver))).toMatchObject({ findings: [{ rule: 'M11' }] });
  });
  later = 0;
});

async function waivedIn(stage: 'intake' | 'data' | 'review'): Promise<number> {
  const [trail] = await ctx.server.db.select().from(trails).where(eq(trails.id, ctx.users.scope));
  return trail!.counts[`${stage}.waived`] ?? 0;
}
