import { expect, test } from 'vitest';
import { lockRecord } from '#server/db/records.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';

const ctx = useTestServer();

test('a record of another organisation is neither waited for nor locked (fault D13)', async () => {
  const { server, users } = ctx;
  const { id } = await newRecord(users);
  await server.db.transaction(async (tx) => {
    await lockRecord(tx, id);
    // The lock ends with this transaction, which waits for the answer.
    const problem = await users.elsewhere.admin.refused('post /api/records/{record}/move', {
      params: { record: id },
      body: { from: 'intake', to: 'data', after: null },
    });
    expect(problem.type).toBe('not-found');
  });
});
