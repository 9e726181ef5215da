import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));

test('every form has a method: before its script runs, a form without one puts its fields in the address (fault P2)', () => {
  const forms = components.flatMap((name) =>
    [...readFileSync(new URL(name, root), 'utf8').matchAll(/<form\b[^>]*/g)].map(([tag]) => ({ name, tag })),
  );
  expect(forms.length).toBeGreaterThan(20);
  expect(forms.filter(({ tag }) => !/method="(post|get)"/.test(tag))).toEqual([]);
});

test('a form sent with GET contains no secret (fault P2)', () => {
  const containSecrets = components.filter((name) => /type="password"/.test(readFileSync(new URL(name, root), 'utf8')));
  expect(containSecrets.length).toBeGreaterThan(2);
  for (const name of containSecrets)
    expect([name, readFileSync(new URL(name, root), 'utf8')]).not.toMatchObject([
      name,
      expect.stringContaining('method="get"'),
    ]);
});
