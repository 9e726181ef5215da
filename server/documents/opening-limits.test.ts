import { expect, test } from 'vitest';
import { documentsPerPerson, openingLimits } from './opening-limits.ts';

test('a cookie tries often at once, then now and then; another one is not held up (fault S8)', () => {
  let now = 0;
  const { mayTry } = openingLimits(() => now);
  for (let n = 0; n < 200; n++) expect(mayTry('a')).toBe(true);
  expect([mayTry('a'), mayTry('b')]).toEqual([false, true]);
  now += 1_000;
  for (let n = 0; n < 20; n++) expect(mayTry('a')).toBe(true);
  expect(mayTry('a')).toBe(false);
});

test('a document that is closed makes room for the next one of its person (fault S8)', () => {
  const { enter } = openingLimits();
  const leave = Array.from({ length: documentsPerPerson }, () => enter('a')!);
  expect(enter('a')).toBeNull();
  expect(enter('b')).not.toBeNull();
  leave.pop()!();
  leave.push(enter('a')!);
  expect(enter('a')).toBeNull();
  for (const one of leave) one();
  expect(enter('a')).not.toBeNull();
});
