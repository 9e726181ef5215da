import { globSync, readFileSync } from 'node:fs';
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
])('Escape and Enter that end a composition are ignored (fault no. 16)', (event, expected) => {
  expect(isEscape({ key: 'Escape', ...event })).toBe(expected);
  expect(isEnter({ key: 'Enter', ...event })).toBe(expected);
});

it('every handler of Escape or Enter checks whether the key ends a composition (fault no. 16)', () => {
  const files = globSync('web/src/**/*.{ts,svelte}', { exclude: ['**/paraglide/**', '**/*.test.ts'] });
  const handlers = files.filter((file) => /key\s*[!=]==\s*'(Escape|Enter)'/.test(readFileSync(file, 'utf8')));
  expect(handlers.length).toBeGreaterThan(0);
  const unaware = handlers.filter((file) => !readFileSync(file, 'utf8').includes('composes('));
  // Here the component checks before it calls.
  const requested = ['web/src/features/board/card/board-keys.ts', 'web/src/features/record/certificate/grid-keys.ts'];
  expect(unaware.toSorted()).toEqual(requested);
});
