import { expect, test } from 'vitest';
import { stepOf } from './grid-keys.ts';

const press = (key: string, over: Partial<KeyboardEvent> = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...over,
});
const inside = { atStart: false, atEnd: false, tall: false };
const whole = { atStart: true, atEnd: true, tall: false };

test('up, down and Enter leave the cell, wherever the cursor is in its text', () => {
  expect(stepOf(press('ArrowDown'), inside)).toEqual({ line: 1, column: 0 });
  expect(stepOf(press('Enter'), inside)).toEqual({ line: 1, column: 0 });
  expect(stepOf(press('Enter', { shiftKey: true }), inside)).toEqual({ line: -1, column: 0 });
});

test('left and right move in the text first', () => {
  expect(stepOf(press('ArrowRight'), inside)).toBeNull();
  expect(stepOf(press('ArrowRight'), whole)).toEqual({ line: 0, column: 1 });
  expect(stepOf(press('ArrowLeft'), { ...inside, atStart: true })).toEqual({ line: 0, column: -1 });
});

test('a long text uses up and down for its own lines', () => {
  expect(stepOf(press('ArrowUp'), { ...inside, tall: true })).toBeNull();
  expect(stepOf(press('ArrowUp'), { ...whole, tall: true })).toEqual({ line: -1, column: 0 });
});

test('with Alt or Ctrl a key keeps its browser meaning', () => {
  expect(stepOf(press('ArrowDown', { altKey: true }), whole)).toBeNull();
  expect(stepOf(press('ArrowRight', { ctrlKey: true }), whole)).toBeNull();
});
