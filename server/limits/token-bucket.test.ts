import { expect, test } from 'vitest';
import { tokenBucket, tokenBuckets } from './token-bucket.ts';

const rate = { perSecond: 10, burst: 20 };

test('lets a burst pass, then as many calls as are refilled, and returns the wait', () => {
  let now = 0;
  const take = tokenBucket(rate, () => now);
  for (let n = 0; n < 20; n++) expect(take()).toBe(0);
  expect(take()).toBeCloseTo(0.1);
  now = 100;
  expect(take()).toBe(0);
  expect(take(5)).toBeCloseTo(0.5);
  now = 10_000;
  for (let n = 0; n < 20; n++) expect(take()).toBe(0);
  expect(take()).toBeGreaterThan(0);
});

test('keys have separate budgets, regardless of the number of keys', () => {
  let now = 0;
  const take = tokenBuckets(rate, () => now);
  expect(take('flooder', 20)).toBe(0);
  expect(take('flooder')).toBeGreaterThan(0);
  for (let n = 0; n < 5_000; n++) expect(take(`person ${n}`)).toBe(0);
  // Full buckets were evicted in between, the empty one was not.
  expect(take('flooder')).toBeGreaterThan(0);
  now = 2_000;
  expect(take('flooder', 20)).toBe(0);
});
