import { describe, expect, test } from 'vitest';
import { carriedBy, changeOf, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';
import { waitFor } from '#test/support/wait.ts';

const ground = standOn();
const route = 'put /api/approvals/{approval}';

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'approval.changed',
    ground,
    occasion: async () => ({
      by: ground.cast.lead,
      ask: changeOf(await registerOne(ground.cast), { authority: 'KBA' }),
      trail: ground.cast.organisation,
    }),
  }));

test('what was entered stands there, with a version more, and the event says before and after', async () => {
  const { cast, server } = ground;
  const approval = await registerOne(cast);
  const changes = { authority: 'KBA', categories: ['M1', 'N1'], signatories: [{ name: 'Sira Dahl', position: null }] };
  const { answer, left } = await eventsOf(server.db, cast.organisation, () =>
    cast.lead.call(route, changeOf(approval, changes)),
  );
  expect(answer).toEqual({ ...approval, ...changes, version: 2 });
  expect(await cast.observer.call('get /api/approvals/{approval}', { params: { approval: approval.id } })).toEqual(
    answer,
  );
  expect(left[0]!.body).toMatchObject({ before: { authority: 'RDW' }, after: { authority: 'KBA' } });
});

test('is stale where somebody changed it meanwhile, and says what it is now', async () => {
  const { cast, server } = ground;
  const approval = await registerOne(cast);
  await cast.lead.call(route, changeOf(approval, { authority: 'KBA' }));
  const problem = await withoutTrace(server.db, () =>
    cast.lead.refused(route, changeOf(approval, { authority: 'SNCH' })),
  );
  expect(problem).toMatchObject({ status: 409, type: 'stale', current: { authority: 'KBA', version: 2 } });
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { cast, server } = ground;
  const ask = changeOf(await registerOne(cast), { authority: 'KBA' });
  await withoutTrace(server.db, async () => {
    for (const person of [cast.admin, cast.dataOwner, cast.signatory]) {
      expect(await person.refused(route, ask)).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test('[R09] the records it carries are judged by what it covers now', async () => {
  const { cast } = ground;
  const approval = await registerOne(cast);
  const card = await newRecord(cast, vehicleUnder(approval));
  const rules = async () =>
    (await cast.lead.call('get /api/records/{record}', { params: { record: card.id } })).verdicts.flatMap(
      ({ findings }) => findings.map(({ rule }) => rule),
    );
  expect(await rules()).not.toContain('R09');
  await cast.lead.call(route, changeOf(approval, { covers: [{ type: 'ZZ9', variant: null, version: null }] }));
  await waitFor(async () => (await carriedBy(cast.lead, approval)).waiting === 0);
  expect(await rules()).toContain('R09');
});
