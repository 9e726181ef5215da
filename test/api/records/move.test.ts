import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { StageKey } from '#shared/contract/stage.ts';
import { trails } from '#server/db/schema.ts';
import type { SeededOrganisation } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { accept, move, newRecord, recordIn, staffedRecord, tickAll } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();

describe('every verb', () =>
  commandContract({
    route: 'post /api/records/{record}/move',
    kind: 'record.moved',
    ctx,
    occasion: async () => {
      const card = await staffedRecord(ctx.users);
      return {
        by: ctx.users.dataOwner,
        ask: { params: { record: card.id }, body: { from: 'intake', to: 'data' } },
        trail: ctx.users.scope,
      };
    },
  }));

test('the card is in its new stage, its duty holder owns the next action, and the counts follow', async () => {
  const before = await counts();
  const card = await staffedRecord(ctx.users);
  const moved = await move(ctx.users.dataOwner, card, 'data');
  expect(moved.card).toMatchObject({
    stage: 'data',
    nextAction: { owner: ctx.users.dataOwner.id, what: null, due: null },
  });
  expect(moved.card.version).toBe(card.version + 1);
  const after = await counts();
  expect(after['data']).toBe((before['data'] ?? 0) + 1);
  expect(after['intake']).toBe(before['intake'] ?? 0);
});

test('the event has source, target and verdict', async () => {
  const card = await staffedRecord(ctx.users);
  const { left } = await eventsOf(ctx.server.db, ctx.users.scope, () => move(ctx.users.lead, card, 'data'));
  expect(left[0]!.body).toMatchObject({
    before: { stage: 'intake' },
    after: { stage: 'data', owner: ctx.users.dataOwner.id },
    verdict: { stage: 'data', open: true },
  });
});

test('a move over several stages needs the gates of each', async () => {
  const card = await staffedRecord(ctx.users);
  await tickAll(ctx, card.id, 'data');
  const shut = await expectNoWrites(ctx.server.db, () => refused(ctx.users.lead, card.id, 'intake', 'output'));
  expect(shut.findings!.map(({ rule }) => rule)).toEqual(['P06', 'P11']);
  await accept(ctx.users, card);
  await tickAll(ctx, card.id, 'review');
  expect((await move(ctx.users.lead, card, 'output')).card.stage).toBe('output');
});

test('a move over several stages needs permission to leave each', async () => {
  const card = await recordIn(ctx, 'data');
  await tickAll(ctx, card.id, 'review');
  await accept(ctx.users, card);
  await tickAll(ctx, card.id, 'data');
  expect(
    await expectNoWrites(ctx.server.db, () => refused(ctx.users.dataOwner, card.id, 'data', 'output')),
  ).toMatchObject({
    status: 403,
    findings: [{ rule: 'O01', params: { act: 'leaveReview', duties: 'lead reviewer.own' } }],
  });
});

test('a closed gate answers with its findings and their sentence', async () => {
  const card = await newRecord(ctx.users);
  const problem = await expectNoWrites(ctx.server.db, () => refused(ctx.users.lead, card.id, 'intake', 'data'));
  expect(problem).toMatchObject({ status: 422, type: 'refused', findings: [{ rule: 'P02', mend: ['lead'] }] });
  expect(problem.detail).toBe('Nobody owns the data of this record. Assign a data owner.');
});

test('a card moved meanwhile is stale, and the answer has its present stage', async () => {
  const card = await recordIn(ctx, 'data');
  const problem = await expectNoWrites(ctx.server.db, () => refused(ctx.users.lead, card.id, 'intake', 'data'));
  expect(problem).toMatchObject({ status: 409, type: 'stale', current: 'data' });
});

test('[O01] an observer moves nothing', async () => {
  const card = await staffedRecord(ctx.users);
  const problem = await expectNoWrites(ctx.server.db, () => refused(ctx.users.observer, card.id, 'intake', 'data'));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});

test('[O01] a duty counts only if its holder is named on the record', async () => {
  const card = await newRecord(ctx.users);
  expect(
    await expectNoWrites(ctx.server.db, () => refused(ctx.users.dataOwner, card.id, 'intake', 'data')),
  ).toMatchObject({
    status: 403,
  });
});

test('[M01] duty holders may move a card back, with a reason', async () => {
  const card = await recordIn(ctx, 'review');
  const problem = await expectNoWrites(ctx.server.db, () => refused(ctx.users.reviewer, card.id, 'review', 'data'));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M01' }] });
  const { left } = await eventsOf(ctx.server.db, ctx.users.scope, () =>
    move(ctx.users.reviewer, card, 'data', { reason: 'the axle track is of another variant' }),
  );
  expect(left[0]!.body).toMatchObject({ reason: 'the axle track is of another variant', after: { stage: 'data' } });
});

test('a card goes below the named one, to the top for null, to the end by default', async () => {
  const [a, b, c] = [await recordIn(ctx, 'signing'), await recordIn(ctx, 'signing'), await recordIn(ctx, 'signing')];
  expect(await order('signing')).toEqual([a.id, b.id, c.id]);
  await move(ctx.users.observer, c, 'signing', { after: a.id }).catch(() => {});
  expect(await order('signing')).toEqual([a.id, b.id, c.id]);
  await move(ctx.users.reviewer, c, 'signing', { after: a.id });
  expect(await order('signing')).toEqual([a.id, c.id, b.id]);
  await move(ctx.users.lead, b, 'signing', { after: null });
  expect(await order('signing')).toEqual([b.id, a.id, c.id]);
  const d = await recordIn(ctx, 'output');
  await tickAll(ctx, d.id, 'output');
  await move(ctx.users.lead, d, 'signing', { after: b.id });
  expect(await order('signing')).toEqual([b.id, d.id, a.id, c.id]);
});

test('reordering within a stage keeps the counts and the age of the card', async () => {
  const card = await recordIn(ctx, 'delivery');
  const { answer, left } = await eventsOf(ctx.server.db, ctx.users.scope, () =>
    move(ctx.users.lead, card, 'delivery', { after: null }),
  );
  expect(answer.card.stageSince).toBe(card.stageSince);
  expect(left[0]!.counts).toEqual({});
});

const refused = (by: SeededOrganisation['lead'], record: string, from: StageKey, to: StageKey) =>
  by.refused('post /api/records/{record}/move', { params: { record }, body: { from, to } });

async function counts() {
  const [head] = await ctx.server.db
    .select({ counts: trails.counts })
    .from(trails)
    .where(eq(trails.id, ctx.users.scope));
  return head!.counts;
}

async function order(stage: 'signing'): Promise<string[]> {
  const { cards } = await ctx.users.lead.call('get /api/scopes/{scope}/stages/{stage}/cards', {
    params: { scope: ctx.users.scope, stage },
    query: {},
  });
  return cards.map(({ id }) => id);
}
