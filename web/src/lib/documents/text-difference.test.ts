import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference } from './text-difference.ts';

const apply = (before: string, { start, deleted, inserted }: ReturnType<typeof difference>) =>
  before.slice(0, start) + inserted + before.slice(start + deleted);

test.each([
  ['The gate 3 one.', 'The gate 4 one.', { start: 9, deleted: 1, inserted: '4' }],
  ['aaa', 'aa', { start: 2, deleted: 1, inserted: '' }],
  ['', 'Yes', { start: 0, deleted: 0, inserted: 'Yes' }],
  ['Same', 'Same', { start: 4, deleted: 0, inserted: '' }],
  ['🚗', '🚙', { start: 0, deleted: 2, inserted: '🚙' }],
])('%j to %j', (before, after, piece) => {
  expect(difference(before, after)).toEqual(piece);
});

test('transforms any text into any other, and splits no character', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '🚗', '🚙', '🏁'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const piece = difference(before, after);
      expect(apply(before, piece)).toBe(after);
      expect(piece.inserted.isWellFormed()).toBe(true);
      expect(before.slice(piece.start, piece.start + piece.deleted).isWellFormed()).toBe(true);
    }),
  );
});
