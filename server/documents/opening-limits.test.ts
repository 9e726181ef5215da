import { expect, test } from 'vitest';
import { documentsPerPerson, openingLimits } from './opening-limits.ts';

test('a session tries often at once, then now and then, whatever else its cookie holds; another is not held up (fault S8)', () => {
  let now = 0;
  const { mayTry } = openingLimits(() => now);
  let n = 0;
  const tries = (token: string) => mayTry(`n=${n++}; ecoc.session_token=${token}; m=${n}`, 'office');
  for (let at = 0; at < 200; at++) expect(tries('a')).toBe(true);
  expect([tries('a'), tries('b')]).toEqual([false, true]);
  now += 1_000;
  for (let at = 0; at < 20; at++) expect(tries('a')).toBe(true);
  expect(tries('a')).toBe(false);
});

test('an address is held up with many tokens or none; another address is not (fault S8)', () => {
  const { mayTry } = openingLimits(() => 0);
  for (let n = 0; n < 1_000; n++) expect(mayTry(n % 2 ? `ecoc.session_token=${n}` : undefined, 'one')).toBe(true);
  expect(mayTry('ecoc.session_token=x', 'one')).toBe(false);
  expect(mayTry(undefined, 'one')).toBe(false);
  expect(mayTry(undefined, 'two')).toBe(true);
});

test('closing a document frees a slot for its person (fault S8)', () => {
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
