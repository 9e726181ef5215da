import { expect, test } from 'vitest';
import { exceptionFilterIn, exceptionSearch } from './exception-address.ts';

test('an address and its filter say the same, and what is wrong in it is left out (fault no. 44)', () => {
  const search = '?kind=signing&waitingOn=others&mine=true&text=no+key';
  const filter = exceptionFilterIn(new URLSearchParams(search));
  expect(filter).toEqual({ kind: 'signing', waitingOn: 'others', mine: true, text: 'no key' });
  expect(exceptionSearch(filter)).toBe(search);
  expect(exceptionFilterIn(new URLSearchParams('kind=toString&owner=me&waitingOn=x&closed=1'))).toEqual({});
  expect(exceptionFilterIn(new URLSearchParams({ owner: '-'.repeat(36) }))).toEqual({});
  expect(exceptionSearch({ mine: false })).toBe('');
});
