import { describe, expect, test } from 'vitest';
import { newApproval, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';
import { waitFor } from '#test/support/wait.ts';

const ground = standOn();
const route = 'post /api/organisations/{organisation}/approvals';
const ask = (changes: Parameters<typeof newApproval>[0] = {}) => ({
  params: { organisation: ground.cast.organisation },
  body: newApproval(changes),
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'approval.registered',
    ground,
    occasion: async () => ({ by: ground.cast.lead, ask: ask(), trail: ground.cast.organisation }),
  }));

test('the number is normalised and kept as it was typed, and the state follows from the dates', async () => {
  const { cast, server } = ground;
  const { answer, left } = await eventsOf(server.db, cast.organisation, () =>
    cast.lead.call(route, ask({ number: '  e4*KS18/858*00042* ', issuedOn: null })),
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
])('[M08] refuses %s and says what is wrong with it', async (number, said) => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, ask({ number })));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M08', entry: 'typeApprovalNumber' }] });
  expect(problem.detail).toContain(said);
});

test('[M09] one number is registered once, in whatever notation; another organisation may have it too', async () => {
  const { cast, server } = ground;
  const { base } = await registerOne(cast);
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, ask({ number: `${base}*` })));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M09', params: { number: `${base}*00` } }] });
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { cast, server } = ground;
  await withoutTrace(server.db, async () => {
    for (const person of [cast.admin, cast.dataOwner, cast.reviewer, cast.observer]) {
      expect(await person.refused(route, ask())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test('a record that named the number before it was registered is judged again', async () => {
  const { cast } = ground;
  const body = newApproval();
  const card = await newRecord(cast, vehicleUnder(body));
  const now = async () => (await cast.lead.call('get /api/records/{record}', { params: { record: card.id } })).verdicts;
  const unknown = async () =>
    (await now()).some(({ findings }) =>
      findings.some(({ rule, params }) => rule === 'R08' && params['why'] === 'unknown'),
    );
  expect(await unknown()).toBe(true);
  await cast.lead.call(route, { params: { organisation: cast.organisation }, body });
  await waitFor(async () => !(await unknown()));
});
