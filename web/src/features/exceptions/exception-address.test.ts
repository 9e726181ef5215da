import { expect, test } from 'vitest';
import { exceptionFilterIn, exceptionSearch } from './exception-address.ts';

test('address and filter convert both ways, and invalid parts are omitted (fault no. 44)', () => {
  const search = '?kind=signing&waitingOn=others&mine=true&text=no+key';
  const filter = exceptionFilterIn(new URLSearchParams(search));
  expect(filter).toEqual({ kind: 'signing', waitingOn: 'others', mine: true, text: 'no key' });
  expect(exceptionSearch(filter)).toBe(search);
  expect(exceptionFilterIn(new URLSearchParams('kind=toString&owner=me&waitingOn=x&closed=1'))).toEqual({});
  expect(exceptionFilterIn(new URLSearchParams({ owner: '-'.repeat(36) }))).toEqual({});
  expect(exceptionSearch({ mine: false })).toBe('');
});
