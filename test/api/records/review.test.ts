import { describe, expect, test } from 'vitest';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/reviews';
const review = (record: string, revision = 1, outcome: 'accepted' | 'returned' = 'accepted') => ({
  params: { record },
  body: { revision, outcome, note: 'compared with the register' },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'record.reviewed',
    ctx,
    occasion: async () => ({
      by: ctx.users.reviewer,
      ask: review((await recordIn(ctx, 'review')).id),
      trail: ctx.users.scope,
    }),
  }));

test('an accepted revision opens the next gate and names what the review is based on', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  expect(await rulesBeforeOutput(card.id)).toContain('P06');
  const { left } = await eventsOf(server.db, users.scope, () => users.reviewer.call(route, review(card.id)));
  expect(await rulesBeforeOutput(card.id)).toEqual(['P11']);
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(detail.reviews).toHaveLength(1);
  expect(detail.reviews[0]).toMatchObject({ revision: 1, outcome: 'accepted', reviewer: users.reviewer.id });
  expect(left[0]!.body).toMatchObject({ revision: 1, hash: detail.reviews[0]!.dataHash, outcome: 'accepted' });
});

test('a returned revision keeps the gate closed, and the newest review counts', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'review');
  await users.reviewer.call(route, review(card.id));
  await users.reviewer.call(route, review(card.id, 1, 'returned'));
  expect(await rulesBeforeOutput(card.id)).toContain('P06');
  await users.reviewer.call(route, review(card.id));
  expect(await rulesBeforeOutput(card.id)).not.toContain('P06');
});

test('[M18] a return names entries of the catalogue', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  const body = {
    revision: 1,
    outcome: 'returned' as const,
    reasons: [{ entry: 'colourOfSky', text: 'x' }],
    note: null,
  };
  await expectNoWrites(server.db, async () => {
    expect(await users.reviewer.refused(route, { params: { record: card.id }, body })).toMatchObject({
      status: 422,
      findings: [{ rule: 'M18' }],
    });
  });
});

test('[M17] a return states what to correct, by entry or in a note', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  const returned = { revision: 1, outcome: 'returned' as const, note: null };
  await expectNoWrites(server.db, async () => {
    expect(await users.reviewer.refused(route, { params: { record: card.id }, body: returned })).toMatchObject({
      status: 422,
      findings: [{ rule: 'M17' }],
    });
  });
  const reasons = [
    { entry: 'actualMass', text: 'That of the five-seat version' },
    { entry: null, text: 'Compare with the build order' },
  ];
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.reviewer.call(route, { params: { record: card.id }, body: { ...returned, reasons } }),
  );
  expect(answer.card.review).toBe('returned');
  expect(left[0]!.body).toMatchObject({ outcome: 'returned', reasons });
});

test('[M02] only the present revision can be reviewed', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  await expectNoWrites(server.db, async () => {
    for (const revision of [0, 2]) {
      expect(await users.reviewer.refused(route, review(card.id, revision))).toMatchObject({
        status: 422,
        findings: [{ rule: 'M02', params: { present: 1 } }],
      });
    }
  });
});

test('[P07] a person who typed any of the data does not review it', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const { lead, reviewer } = users;
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: reviewer.id,
    from: ['reviewer'],
    to: ['reviewer', 'lead'],
  });
  await reviewer.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '190' }] },
  });
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: reviewer.id,
    from: ['lead', 'reviewer'],
    to: ['reviewer'],
  });
  const problem = await expectNoWrites(server.db, () => reviewer.refused(route, review(card.id, 2)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'P07' }] });
  expect(lead.id).not.toBe(reviewer.id);
});

test('[O01] only the reviewer named on the record reviews it', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'review');
  const unassigned = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.lead, users.dataOwner, users.signatory, users.observer]) {
      expect(await person.refused(route, review(card.id))).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
    expect(await users.reviewer.refused(route, review(unassigned.id))).toMatchObject({ status: 403 });
  });
});

async function rulesBeforeOutput(record: string): Promise<string[]> {
  const { verdicts } = await ctx.users.lead.call('get /api/records/{record}', { params: { record } });
  return verdicts[3]!.findings.map(({ rule }) => rule);
}
