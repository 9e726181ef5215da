import { expect, test } from 'vitest';
import { blockedFrom } from './blocked-from.ts';

test('a new exception blocks the stage a record would enter next, never its present one (fault P23)', () => {
  expect(blockedFrom('intake')).toBe('data');
  expect(blockedFrom('review')).toBe('output');
  expect(blockedFrom('archive')).toBe('archive');
});
