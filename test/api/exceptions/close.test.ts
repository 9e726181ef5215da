import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/exceptions/{exception}/close';

async function raised(record: string, cause = 'no COP'): Promise<string> {
  const { exception } = await ctx.users.lead.call('post /api/records/{record}/exceptions', {
    params: { record },
    body: { kind: 'other', cause, waitingFor: null, owner: null, until: null },
  });
  return exception;
}
const close = (record: string, exception: string) => ({
  params: { record, exception },
  body: { resolution: 'report received' },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'exception.closed',
    ctx,
    occasion: async () => {
      const { id } = await newRecord(ctx.users);
      return { by: ctx.users.dataOwner, ask: close(id, await raised(id)), trail: ctx.users.scope };
    },
  }));

test('the card is blocked by the remaining exceptions, and by nothing after the last', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const first = await raised(id);
  const second = await raised(id, 'no approval');
  const { answer, left } = await eventsOf(server.db, users.scope, () => users.reviewer.call(route, close(id, first)));
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'no approval' });
  expect(left[0]!.body).toMatchObject({ exception: first, cause: 'no COP', resolution: 'report received' });
  const { card } = await users.reviewer.call(route, close(id, second));
  expect(card.blocked).toEqual({ count: 0, reason: null });
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: id } });
  expect(detail.exceptions[0]!.closed).toMatchObject({ by: users.reviewer.id, resolution: 'report received' });
});

test('an already closed exception is stale, and the answer states how it was resolved', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const exception = await raised(id);
  await users.lead.call(route, close(id, exception));
  const problem = await expectNoWrites(server.db, () => users.reviewer.refused(route, close(id, exception)));
  expect(problem).toMatchObject({ status: 409, current: 'report received' });
});

test('an exception of another record is not found on this one', async () => {
  const { users, server } = ctx;
  const [one, other] = [await newRecord(users), await newRecord(users)];
  const exception = await raised(other.id);
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, close(one.id, exception)));
  expect(problem).toMatchObject({ status: 404 });
});

test('[O01] an observer closes nothing', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const exception = await raised(id);
  const problem = await expectNoWrites(server.db, () => users.observer.refused(route, close(id, exception)));
  expect(problem).toMatchObject({ status: 403 });
});
