import { expect, test } from 'vitest';
import { paced } from './pace.ts';

test('spreads a burst per key, and does not delay the first call after a pause', () => {
  let now = 0;
  const wait = paced(20, () => now);
  expect([wait('a'), wait('a'), wait('b'), wait('a')]).toEqual([0, 20, 0, 40]);
  now = 50;
  expect([wait('a'), wait('b')]).toEqual([10, 0]);
  now = 1_000;
  expect(wait('a')).toBe(0);
});

test('a waiting key keeps waiting, regardless of the number of keys', () => {
  let now = 0;
  const wait = paced(20, () => now);
  for (let n = 0; n < 500; n++) wait('busy');
  for (let n = 0; n < 3_000; n++, now += 1) wait(`key ${n}`);
  expect(wait('busy')).toBe(500 * 20 - 3_000);
});
