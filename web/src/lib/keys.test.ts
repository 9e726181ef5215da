import { expect, it } from 'vitest';
import { isEnter, isEscape, shortcutKey } from './keys.ts';

it.each([
  ['k', 'KeyK', 'k'],
  ['K', 'KeyK', 'k'],
  ['л', 'KeyK', 'k'],
  ['Ч', 'KeyX', 'x'],
  ['ω', 'KeyV', 'v'],
  ['ש', 'KeyA', 'a'],
  ['z', 'KeyY', 'z'],
  ['é', 'Digit2', 'é'],
  ['ö', 'Semicolon', 'ö'],
  ['?', 'Digit7', '?'],
  [' ', 'Space', ' '],
  ['Escape', 'Escape', 'Escape'],
])('%s at %s is the shortcut %s (fault no. 22)', (key, code, shortcut) => {
  expect(shortcutKey({ key, code })).toBe(shortcut);
});

it.each([
  [{ isComposing: false, keyCode: 27 }, true],
  [{ isComposing: true, keyCode: 27 }, false],
  [{ isComposing: false, keyCode: 229 }, false],
])('Escape and Enter that end a composition are neither (fault no. 16)', (event, expected) => {
  expect(isEscape({ key: 'Escape', ...event })).toBe(expected);
  expect(isEnter({ key: 'Enter', ...event })).toBe(expected);
});
