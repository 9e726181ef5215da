import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Equal English texts that other languages distinguish. */
const homonyms: readonly (readonly string[])[] = [
  ['app_scope_state_closed', 'exception_closed'],
  ['approvals_state_expired', 'waiver_state_expired'],
  ['board_verdict_open', 'exception_open'],
];

const here = new URL('../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, here), 'utf8');
const messages = new Map(
  globSync('web/messages/en/*.json', { cwd: here }).flatMap((name) =>
    Object.entries(JSON.parse(read(name)) as Record<string, unknown>)
      .filter(([key]) => key !== '$schema')
      .map(([key, value]) => [key, JSON.stringify(value)] as const),
  ),
);

test('every message is used', () => {
  const used = new Set(
    globSync('web/src/**/*.{ts,svelte}', { cwd: here, exclude: (name) => name === 'paraglide' }).flatMap((name) =>
      [...read(name).matchAll(/\bm\.(\w+)/g)].map(([, key]) => key),
    ),
  );
  expect(messages.size).toBeGreaterThan(800);
  expect([...messages.keys()].filter((key) => !used.has(key))).toEqual([]);
});

test('one text has one key', () => {
  const keysOf = Map.groupBy(messages.keys(), (key) => messages.get(key));
  const twice = [...keysOf.values()].filter((keys) => keys.length > 1);
  const known = (keys: readonly string[]) => homonyms.some((group) => keys.every((key) => group.includes(key)));
  expect(twice.filter((keys) => !known(keys))).toEqual([]);
});
