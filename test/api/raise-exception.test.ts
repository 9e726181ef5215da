import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/records/{record}/exceptions';
const raise = (record: string, more: Partial<{ cause: string; owner: string; blocks: 'review' | 'output' }> = {}) => ({
  params: { record },
  body: {
    kind: 'approvalGap' as const,
    cause: 'extension 03 not granted',
    waitingFor: 'authority',
    owner: null,
    until: null,
    ...more,
  },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'exception.raised',
    ground,
    occasion: async () => ({
      by: ground.cast.signatory,
      ask: raise((await newRecord(ground.cast)).id),
      trail: ground.cast.scope,
    }),
  }));

test('the card is blocked by its first cause and counts them, and the gates it stands before shut', async () => {
  const { cast, server } = ground;
  const card = await staffedRecord(cast);
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.dataOwner.call(route, raise(card.id, { owner: cast.lead.id })),
  );
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'extension 03 not granted' });
  expect(left[0]!.body).toMatchObject({ exception: answer.exception, owner: cast.lead.id, blocks: 'review' });
  const second = await cast.reviewer.call(route, raise(card.id, { cause: 'tyre size unclear', blocks: 'output' }));
  expect(second.card.blocked).toEqual({ count: 2, reason: 'extension 03 not granted' });
  const detail = await cast.observer.call('get /api/records/{record}', { params: { record: card.id } });
  expect(rules(detail.verdicts[2]!)).toContain('P08');
  expect(rules(detail.verdicts[3]!)).toContain('P09');
  expect(detail.exceptions.map(({ cause }) => cause)).toEqual(['extension 03 not granted', 'tyre size unclear']);
});

test('[O01] an observer raises nothing', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  const problem = await withoutTrace(server.db, () => cast.observer.refused(route, raise(card.id)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});

test('its owner is somebody of the scope', async () => {
  const { cast, server } = ground;
  const card = await newRecord(cast);
  await withoutTrace(server.db, async () => {
    for (const owner of [cast.elsewhere.admin.id, crypto.randomUUID()]) {
      expect(await cast.lead.refused(route, raise(card.id, { owner }))).toMatchObject({ status: 404 });
    }
  });
});

const rules = ({ findings }: { findings: { rule: string }[] }) => findings.map(({ rule }) => rule);
