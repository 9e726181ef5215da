import { expect, test } from 'vitest';
import { blockedFrom } from './blocked-from.ts';

test('a new exception keeps a record out of the stage it would enter next, never the one it is in (fault P23)', () => {
  expect(blockedFrom('intake')).toBe('data');
  expect(blockedFrom('review')).toBe('output');
  expect(blockedFrom('archive')).toBe('archive');
});
