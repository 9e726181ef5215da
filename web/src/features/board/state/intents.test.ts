import { describe, expect, it } from 'vitest';
import { replay, type MoveIntent } from './intents.ts';
import { boardOf, cardNamed, picture } from './test-cards.ts';

const rows = boardOf({ data: 'abc', review: 'xy' }).columns;

const wish = (name: string, changes: Partial<MoveIntent> = {}): MoveIntent => ({
  kind: 'move',
  operation: `operation ${name}`,
  card: cardNamed(name, 'data'),
  to: 'review',
  after: undefined,
  reason: undefined,
  shown: true,
  ...changes,
});

describe('pending moves over confirmed rows', () => {
  it('shows a move immediately, where the card was dropped', () => {
    expect(picture(replay(rows, [wish('b', { after: 'x' })]))).toEqual(['data: ac 2', 'review: xby 3']);
    expect(picture(replay(rows, [wish('b', { after: null })]))).toEqual(['data: ac 2', 'review: bxy 3']);
    expect(picture(replay(rows, [wish('b')]))).toEqual(['data: ac 2', 'review: xyb 3']);
  });

  it('moves within a column without changing counts', () => {
    expect(picture(replay(rows, [wish('a', { to: 'data', after: 'b' })]))).toEqual(['data: bac 3', 'review: xy 2']);
  });

  it('restores exactly the confirmed rows when the first of two moves leaves the queue', () => {
    const [first, second] = [wish('a'), wish('b', { after: 'x' })];
    expect(picture(replay(rows, [first, second]))).toEqual(['data: c 1', 'review: xbya 4']);
    expect(picture(replay(rows, [second]))).toEqual(['data: ac 2', 'review: xby 3']);
    expect(replay(rows, [])).toBe(rows);
  });

  it('starts from where the card is now', () => {
    const elsewhere = boardOf({ data: 'ac', output: 'b' }).columns;
    expect(picture(replay(elsewhere, [wish('b')]))).toEqual(['data: ac 2', 'review: b 1']);
  });

  it('keeps the card in place for a move into a closed column until the server answers', () => {
    expect(replay(rows, [wish('b', { shown: false })])).toEqual(rows);
  });

  it('goes to the end if the card above is gone, and is hidden if the end is not loaded', () => {
    expect(picture(replay(rows, [wish('b', { after: 'gone' })]))).toEqual(['data: ac 2', 'review: xyb 3']);
    const long = boardOf({ data: 'ab', review: 'x' }, { review: { after: 'x', count: 70 } }).columns;
    expect(picture(replay(long, [wish('b')]))).toEqual(['data: a 1', 'review: x 71']);
  });
});
