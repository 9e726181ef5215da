import { expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';

const ctx = useTestServer();
const route = 'get /api/scopes/{scope}/references';

test('finds the records of given references, only those of the scope', async () => {
  const { users } = ctx;
  const [one, other] = [await newRecord(users), await newRecord(users)];
  const names = [one.reference, other.reference, 'ZZ-1', `${one.reference}9999`].join(',');
  const { records } = await users.reviewer.call(route, { params: { scope: users.scope }, query: { names } });
  expect(records.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))).toEqual([
    { id: one.id, reference: one.reference },
    { id: other.id, reference: other.reference },
  ]);
});

test('a person without access to the scope finds nothing', async () => {
  const { users } = ctx;
  const { reference } = await newRecord(users);
  const problem = await users.elsewhere.admin.refused(route, {
    params: { scope: users.scope },
    query: { names: reference },
  });
  expect(problem.status).toBe(404);
});
