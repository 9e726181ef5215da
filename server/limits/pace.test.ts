import { expect, test } from 'vitest';
import { paced } from './pace.ts';

test('what comes at once is spread, for each key by itself, and nothing waits after a pause', () => {
  let now = 0;
  const wait = paced(20, () => now);
  expect([wait('a'), wait('a'), wait('b'), wait('a')]).toEqual([0, 20, 0, 40]);
  now = 50;
  expect([wait('a'), wait('b')]).toEqual([10, 0]);
  now = 1_000;
  expect(wait('a')).toBe(0);
});

test('however many keys there are, one that waits goes on waiting', () => {
  let now = 0;
  const wait = paced(20, () => now);
  for (let n = 0; n < 500; n++) wait('busy');
  for (let n = 0; n < 3_000; n++, now += 1) wait(`key ${n}`);
  expect(wait('busy')).toBe(500 * 20 - 3_000);
});
