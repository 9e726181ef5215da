import { describe, expect, test } from 'vitest';
import { setDuties } from '#server/commands/set-duties.ts';
import { by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/records/{record}/reviews';
const review = (record: string, revision = 1, outcome: 'accepted' | 'returned' = 'accepted') => ({
  params: { record },
  body: { revision, outcome, note: 'compared with the register' },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'record.reviewed',
    ground,
    occasion: async () => ({
      by: ground.cast.reviewer,
      ask: review((await recordIn(ground, 'review')).id),
      trail: ground.cast.scope,
    }),
  }));

test('an accepted revision opens the next gate and names what it was made on', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  expect(await rulesBeforeOutput(card.id)).toContain('P06');
  const { left } = await eventsOf(server.db, cast.scope, () => cast.reviewer.call(route, review(card.id)));
  expect(await rulesBeforeOutput(card.id)).toEqual(['P11']);
  const detail = await cast.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(detail.reviews).toHaveLength(1);
  expect(detail.reviews[0]).toMatchObject({ revision: 1, outcome: 'accepted', reviewer: cast.reviewer.id });
  expect(left[0]!.body).toMatchObject({ revision: 1, hash: detail.reviews[0]!.dataHash, outcome: 'accepted' });
});

test('a returned one keeps it shut, and the newest review counts', async () => {
  const { cast } = ground;
  const card = await recordIn(ground, 'review');
  await cast.reviewer.call(route, review(card.id));
  await cast.reviewer.call(route, review(card.id, 1, 'returned'));
  expect(await rulesBeforeOutput(card.id)).toContain('P06');
  await cast.reviewer.call(route, review(card.id));
  expect(await rulesBeforeOutput(card.id)).not.toContain('P06');
});

test('[M18] a return names entries of the catalogue', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  const body = {
    revision: 1,
    outcome: 'returned' as const,
    reasons: [{ entry: 'colourOfSky', text: 'x' }],
    note: null,
  };
  await withoutTrace(server.db, async () => {
    expect(await cast.reviewer.refused(route, { params: { record: card.id }, body })).toMatchObject({
      status: 422,
      findings: [{ rule: 'M18' }],
    });
  });
});

test('[M17] a return says what has to be mended, entry by entry or in a note', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  const returned = { revision: 1, outcome: 'returned' as const, note: null };
  await withoutTrace(server.db, async () => {
    expect(await cast.reviewer.refused(route, { params: { record: card.id }, body: returned })).toMatchObject({
      status: 422,
      findings: [{ rule: 'M17' }],
    });
  });
  const reasons = [
    { entry: 'actualMass', text: 'That of the five-seat version' },
    { entry: null, text: 'Compare with the build order' },
  ];
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.reviewer.call(route, { params: { record: card.id }, body: { ...returned, reasons } }),
  );
  expect(answer.card.review).toBe('returned');
  expect(left[0]!.body).toMatchObject({ outcome: 'returned', reasons });
});

test('[M02] only the present revision is reviewed', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  await withoutTrace(server.db, async () => {
    for (const revision of [0, 2]) {
      expect(await cast.reviewer.refused(route, review(card.id, revision))).toMatchObject({
        status: 422,
        findings: [{ rule: 'M02', params: { present: 1 } }],
      });
    }
  });
});

test('[P07] who typed any of it does not review it', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const { lead, reviewer } = cast;
  await setDuties(server.services, by(cast.admin), {
    scope: cast.scope,
    person: reviewer.id,
    from: ['reviewer'],
    to: ['reviewer', 'lead'],
  });
  await reviewer.call('post /api/records/{record}/edits', {
    params: { record: card.id },
    body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from: '180', to: '190' }] },
  });
  await setDuties(server.services, by(cast.admin), {
    scope: cast.scope,
    person: reviewer.id,
    from: ['lead', 'reviewer'],
    to: ['reviewer'],
  });
  const problem = await withoutTrace(server.db, () => reviewer.refused(route, review(card.id, 2)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'P07' }] });
  expect(lead.id).not.toBe(reviewer.id);
});

test('[O01] only the reviewer named on the record reviews it', async () => {
  const { cast, server } = ground;
  const card = await recordIn(ground, 'review');
  const unassigned = await newRecord(cast);
  await withoutTrace(server.db, async () => {
    for (const person of [cast.lead, cast.dataOwner, cast.signatory, cast.observer]) {
      expect(await person.refused(route, review(card.id))).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
    expect(await cast.reviewer.refused(route, review(unassigned.id))).toMatchObject({ status: 403 });
  });
});

async function rulesBeforeOutput(record: string): Promise<string[]> {
  const { verdicts } = await ground.cast.lead.call('get /api/records/{record}', { params: { record } });
  return verdicts[3]!.findings.map(({ rule }) => rule);
}
