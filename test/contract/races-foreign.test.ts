import { expect, test } from 'vitest';
import { lockRecord } from '#server/db/records.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';

const ground = standOn();

test('a record of another organisation is neither waited for nor locked (fault D13)', async () => {
  const { server, cast } = ground;
  const { id } = await newRecord(cast);
  await server.db.transaction(async (tx) => {
    await lockRecord(tx, id);
    // The lock ends with this transaction, which waits for the answer.
    const problem = await cast.elsewhere.admin.refused('post /api/records/{record}/move', {
      params: { record: id },
      body: { from: 'intake', to: 'data', after: null },
    });
    expect(problem.type).toBe('not-found');
  });
});
