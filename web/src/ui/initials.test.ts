import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Ana Maria Berg', 'AB'],
  ['ingrid', 'I'],
  ['🚗 Team', '🚗T'],
  ['👩‍🔧 👍🏽', '👩‍🔧👍🏽'],
  ['🇳🇴 Plant', '🇳🇴P'],
  ['e\u0301mile zola', 'E\u0301Z'],
  ['𝒜da Lovelace', '𝒜L'],
  ['Lena (Output)', 'LO'],
  ['李 小龙', '李小'],
  ['  ', ''],
  ['—', ''],
])('%s is shown as %s, never as half a character (fault no. 18)', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
  expect(initialsOf(name).isWellFormed()).toBe(true);
});
