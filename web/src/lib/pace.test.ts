import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paceOf } from './pace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('sends the first immediately, the last after the interval, and nothing between', () => {
  let wish = 0;
  const message: number[] = [];
  const pace = paceOf(100, () => message.push(wish));
  for (wish = 1; wish <= 5; wish++) pace.soon();
  wish = 5;
  expect(message).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(message).toEqual([1, 5]);
  vi.advanceTimersByTime(1_000);
  expect(message).toEqual([1, 5]);
});

it('sends nothing after it is stopped', () => {
  const message: string[] = [];
  const pace = paceOf(100, () => message.push('x'));
  pace.soon();
  pace.soon();
  pace.stop();
  vi.advanceTimersByTime(1_000);
  expect(message).toEqual(['x']);
});
