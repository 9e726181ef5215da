import { expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';

const ground = standOn();
const route = 'get /api/scopes/{scope}/references';

test('the records that references name are found, and only those of the scope', async () => {
  const { cast } = ground;
  const [one, other] = [await newRecord(cast), await newRecord(cast)];
  const names = [one.reference, other.reference, 'ZZ-1', `${one.reference}9999`].join(',');
  const { records } = await cast.reviewer.call(route, { params: { scope: cast.scope }, query: { names } });
  expect(records.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))).toEqual([
    { id: one.id, reference: one.reference },
    { id: other.id, reference: other.reference },
  ]);
});

test('who does not belong to the scope learns nothing of it', async () => {
  const { cast } = ground;
  const { reference } = await newRecord(cast);
  const problem = await cast.elsewhere.admin.refused(route, {
    params: { scope: cast.scope },
    query: { names: reference },
  });
  expect(problem.status).toBe(404);
});
