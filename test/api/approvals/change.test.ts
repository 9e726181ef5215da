import { describe, expect, test } from 'vitest';
import { coveredBy, changeOf, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const route = 'put /api/approvals/{approval}';

describe('every verb', () =>
  commandContract({
    route,
    kind: 'approval.changed',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: changeOf(await registerOne(ctx.users), { authority: 'KBA' }),
      trail: ctx.users.organisation,
    }),
  }));

test('stores the changes with the next version, and the event has the values before and after', async () => {
  const { users, server } = ctx;
  const approval = await registerOne(users);
  const changes = { authority: 'KBA', categories: ['M1', 'N1'], signatories: [{ name: 'Sira Dahl', position: null }] };
  const { answer, left } = await eventsOf(server.db, users.organisation, () =>
    users.lead.call(route, changeOf(approval, changes)),
  );
  expect(answer).toEqual({ ...approval, ...changes, version: 2 });
  expect(await users.observer.call('get /api/approvals/{approval}', { params: { approval: approval.id } })).toEqual(
    answer,
  );
  expect(left[0]!.body).toMatchObject({ before: { authority: 'RDW' }, after: { authority: 'KBA' } });
});

test('is stale if somebody changed it meanwhile, and returns the present values', async () => {
  const { users, server } = ctx;
  const approval = await registerOne(users);
  await users.lead.call(route, changeOf(approval, { authority: 'KBA' }));
  const problem = await expectNoWrites(server.db, () =>
    users.lead.refused(route, changeOf(approval, { authority: 'SNCH' })),
  );
  expect(problem).toMatchObject({ status: 409, type: 'stale', current: { authority: 'KBA', version: 2 } });
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { users, server } = ctx;
  const ask = changeOf(await registerOne(users), { authority: 'KBA' });
  await expectNoWrites(server.db, async () => {
    for (const person of [users.admin, users.dataOwner, users.signatory]) {
      expect(await person.refused(route, ask)).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test('[R09] rejudges the covered records by the new coverage', async () => {
  const { users } = ctx;
  const approval = await registerOne(users);
  const card = await newRecord(users, vehicleUnder(approval));
  const rules = async () =>
    (await users.lead.call('get /api/records/{record}', { params: { record: card.id } })).verdicts.flatMap(
      ({ findings }) => findings.map(({ rule }) => rule),
    );
  expect(await rules()).not.toContain('R09');
  await users.lead.call(route, changeOf(approval, { covers: [{ type: 'ZZ9', variant: null, version: null }] }));
  await waitFor(async () => (await coveredBy(users.lead, approval)).waiting === 0);
  expect(await rules()).toContain('R09');
});
