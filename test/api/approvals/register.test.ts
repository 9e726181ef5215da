import { describe, expect, test } from 'vitest';
import { newApproval, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const route = 'post /api/organisations/{organisation}/approvals';
const ask = (changes: Parameters<typeof newApproval>[0] = {}) => ({
  params: { organisation: ctx.users.organisation },
  body: newApproval(changes),
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'approval.registered',
    ctx,
    occasion: async () => ({ by: ctx.users.lead, ask: ask(), trail: ctx.users.organisation }),
  }));

test('the number is normalised and also kept as typed, and the state follows from the dates', async () => {
  const { users, server } = ctx;
  const { answer, left } = await eventsOf(server.db, users.organisation, () =>
    users.lead.call(route, ask({ number: '  e4*KS18/858*00042* ', issuedOn: null })),
  );
  expect(answer).toMatchObject({
    number: 'e4*KS18/858*00042*00',
    base: 'e4*KS18/858*00042',
    extension: '00',
    typed: '  e4*KS18/858*00042* ',
    state: 'pending',
    version: 1,
    files: [],
  });
  expect(left[0]!.body).toMatchObject({ approval: answer.id, number: 'e4*KS18/858*00042*00', issuedOn: null });
});

test.each([
  ['E4*2018/858*00411*02', 'small'],
  ['e4*2018/858*00411*2', 'two digits'],
  ['e4*2018/858*411*02', 'four or five digits'],
  ['e4*2018/858-00411-02', 'act'],
  ['four', 'begin with e'],
])('[M08] refuses %s and states the problem', async (number, said) => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, ask({ number })));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M08', entry: 'typeApprovalNumber' }] });
  expect(problem.detail).toContain(said);
});

test('[M09] a number is registered once, in any notation; another organisation may have it too', async () => {
  const { users, server } = ctx;
  const { base } = await registerOne(users);
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, ask({ number: `${base}*` })));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M09', params: { number: `${base}*00` } }] });
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { users, server } = ctx;
  await expectNoWrites(server.db, async () => {
    for (const person of [users.admin, users.dataOwner, users.reviewer, users.observer]) {
      expect(await person.refused(route, ask())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test('a record that referenced the number before its registration is rejudged', async () => {
  const { users } = ctx;
  const body = newApproval();
  const card = await newRecord(users, vehicleUnder(body));
  const now = async () =>
    (await users.lead.call('get /api/records/{record}', { params: { record: card.id } })).verdicts;
  const unknown = async () =>
    (await now()).some(({ findings }) =>
      findings.some(({ rule, params }) => rule === 'R08' && params['why'] === 'unknown'),
    );
  expect(await unknown()).toBe(true);
  await users.lead.call(route, { params: { organisation: users.organisation }, body });
  await waitFor(async () => !(await unknown()));
});
