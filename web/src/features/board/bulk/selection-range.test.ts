import { describe, expect, it } from 'vitest';
import { cardIn } from '../state/board-rows.ts';
import { between, dragged, onBoard } from './selection-range.ts';
import { boardOf } from '../state/test-cards.ts';

const rows = boardOf({ intake: 'abcd', review: 'xy' }).columns;
const card = (id: string) => cardIn(rows, id)!;
const ids = (cards: readonly { id: string }[]) => cards.map(({ id }) => id).join('');

describe('a range of cards', () => {
  it('extends from the anchor to the card, upwards and downwards', () => {
    expect(ids(between(rows, 'b', card('d')))).toBe('bcd');
    expect(ids(between(rows, 'c', card('a')))).toBe('abc');
    expect(ids(between(rows, 'c', card('c')))).toBe('c');
  });

  it('is only the card if the anchor is in another column, gone or missing', () => {
    for (const anchor of ['x', 'gone', null]) expect(ids(between(rows, anchor, card('b')))).toBe('b');
  });
});

describe('the selection', () => {
  it('is in board order, without cards that left the board', () => {
    expect(ids(onBoard(rows, new Set(['y', 'gone', 'c', 'a'])))).toBe('acy');
  });

  it('is lifted with any of its cards, that card first; an unselected card is lifted alone', () => {
    const selected = new Set(['a', 'c', 'y']);
    expect(ids(dragged(rows, selected, card('c')))).toBe('cay');
    expect(ids(dragged(rows, selected, card('b')))).toBe('b');
  });
});
