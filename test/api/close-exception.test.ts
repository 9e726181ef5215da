import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/records/{record}/exceptions/{exception}/close';

async function raised(record: string, cause = 'no COP'): Promise<string> {
  const { exception } = await ground.cast.lead.call('post /api/records/{record}/exceptions', {
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
  holdsForEveryVerb({
    route,
    kind: 'exception.closed',
    ground,
    occasion: async () => {
      const { id } = await newRecord(ground.cast);
      return { by: ground.cast.dataOwner, ask: close(id, await raised(id)), trail: ground.cast.scope };
    },
  }));

test('the card is blocked by what remains, and by nothing after the last', async () => {
  const { cast, server } = ground;
  const { id } = await newRecord(cast);
  const first = await raised(id);
  const second = await raised(id, 'no approval');
  const { answer, left } = await eventsOf(server.db, cast.scope, () => cast.reviewer.call(route, close(id, first)));
  expect(answer.card.blocked).toEqual({ count: 1, reason: 'no approval' });
  expect(left[0]!.body).toMatchObject({ exception: first, cause: 'no COP', resolution: 'report received' });
  const { card } = await cast.reviewer.call(route, close(id, second));
  expect(card.blocked).toEqual({ count: 0, reason: null });
  const detail = await cast.lead.call('get /api/records/{record}', { params: { record: id } });
  expect(detail.exceptions[0]!.closed).toMatchObject({ by: cast.reviewer.id, resolution: 'report received' });
});

test('one that somebody closed before is stale and says how it was resolved', async () => {
  const { cast, server } = ground;
  const { id } = await newRecord(cast);
  const exception = await raised(id);
  await cast.lead.call(route, close(id, exception));
  const problem = await withoutTrace(server.db, () => cast.reviewer.refused(route, close(id, exception)));
  expect(problem).toMatchObject({ status: 409, current: 'report received' });
});

test('an exception of another record is not found on this one', async () => {
  const { cast, server } = ground;
  const [one, other] = [await newRecord(cast), await newRecord(cast)];
  const exception = await raised(other.id);
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, close(one.id, exception)));
  expect(problem).toMatchObject({ status: 404 });
});

test('[O01] an observer closes nothing', async () => {
  const { cast, server } = ground;
  const { id } = await newRecord(cast);
  const exception = await raised(id);
  const problem = await withoutTrace(server.db, () => cast.observer.refused(route, close(id, exception)));
  expect(problem).toMatchObject({ status: 403 });
});
