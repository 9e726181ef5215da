import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesced } from './coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs the first call immediately and coalesces later ones until the interval ends, per key', () => {
  const ran: string[] = [];
  const ask = coalesced(100, (key) => void ran.push(key));
  for (let n = 0; n < 50; n++) ask('a');
  ask('b');
  expect(ran).toEqual(['a', 'b']);
  vi.advanceTimersByTime(100);
  expect(ran).toEqual(['a', 'b', 'a']);
  vi.advanceTimersByTime(1_000);
  expect(ran).toEqual(['a', 'b', 'a']);
  ask('a');
  expect(ran).toHaveLength(4);
});

test('runs again on its own until nothing is left', () => {
  let left = 120;
  const ask = coalesced(100, () => (left = Math.max(0, left - 50)) > 0);
  ask('a');
  expect(left).toBe(70);
  vi.advanceTimersByTime(200);
  expect(left).toBe(0);
});
