import { expect, test } from 'vitest';
import type { RecordException } from '#shared/contract/exception.ts';
import { waitedBy, waitedOn } from './exception-clock.ts';

const begun = { us: 10, others: 20, since: 1_000 };

test('adds the running period to its side only, in whole seconds', () => {
  expect(waitedBy({ ...begun, waitingOn: 'us' }, 4_999)).toEqual({ us: 13, others: 20 });
  expect(waitedBy({ ...begun, waitingOn: 'others' }, 5_000)).toEqual({ us: 10, others: 24 });
});

test('a clock that is behind subtracts nothing', () => {
  expect(waitedBy({ ...begun, waitingOn: 'us' }, 0)).toEqual({ us: 10, others: 20 });
});

test('the clock of a closed exception stops, that of an open one runs', () => {
  const exception = {
    waitingOn: 'others',
    waited: { us: 1, others: 2, since: '2026-11-24T09:00:00.000Z' },
    closed: null,
  } as RecordException;
  const anHourLater = Date.parse('2026-11-24T10:00:00.000Z');
  expect(waitedOn(exception, anHourLater)).toEqual({ us: 1, others: 3602 });
  const closed = { by: 'x', at: '2026-11-24T09:00:00.000Z', resolution: 'done' };
  expect(waitedOn({ ...exception, closed }, anHourLater)).toEqual({ us: 1, others: 2 });
});
