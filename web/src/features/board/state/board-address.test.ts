import { expect, it } from 'vitest';
import { boardSearch } from './board-address.ts';

it('keeps the filter and the comparison of the board, and nothing of the record (fault no. 43)', () => {
  expect(boardSearch(new URLSearchParams('text=fjord&tab=history&since=visit&mine=true'))).toBe(
    '?text=fjord&since=visit&mine=true',
  );
  expect(boardSearch(new URLSearchParams('tab=history'))).toBe('');
});
