import { describe, expect, it } from 'vitest';
import { neighbour } from './board-keys.ts';
import { cardIn } from '../state/board-rows.ts';
import { boardOf } from '../state/test-cards.ts';

const rows = boardOf({ intake: 'abc', review: 'xy', archive: 'z' }).columns;
const walk = (from: string, key: string) => neighbour(rows, cardIn(rows, from)!, key)?.id;

describe('the arrow keys on a board', () => {
  it('move along a column and stop at its ends', () => {
    expect(walk('a', 'ArrowDown')).toBe('b');
    expect(walk('a', 'ArrowUp')).toBeUndefined();
    expect(walk('c', 'ArrowDown')).toBeUndefined();
    expect(walk('a', 'End')).toBe('c');
    expect(walk('c', 'Home')).toBe('a');
  });

  it('move to the next column with a card, at the same height if there is one', () => {
    expect(walk('b', 'ArrowRight')).toBe('y');
    expect(walk('c', 'ArrowRight')).toBe('y');
    expect(walk('x', 'ArrowLeft')).toBe('a');
    expect(walk('z', 'ArrowRight')).toBeUndefined();
  });
});
