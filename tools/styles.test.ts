import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * The widths at which the layout may change; `ui/tokens/dimensions.css` documents them. The fractions complement the
 * whole numbers.
 */
const breakpoints = new Set([
  'max-width: 560px',
  'min-width: 560.02px',
  'max-width: 720px',
  'max-width: 900px',
  'max-width: 1100px',
  'max-width: 1099.98px',
  'min-width: 1100px',
  'max-height: 520px',
  'max-width: 38rem',
  'max-width: 50rem',
]);
/** Lines and their offsets; larger values come from a token. */
const hairline = 3;
const tokenised = /^(?:padding|margin|gap|row-gap|column-gap|border-radius|font-size)(?:-[a-z-]+)?$/;

const root = new URL('../web/src/', import.meta.url);
const styles = globSync('**/*.{svelte,css}', { cwd: root })
  .filter((name) => !name.includes('tokens/'))
  .map((name) => {
    const source = readFileSync(new URL(name, root), 'utf8');
    return { name, css: name.endsWith('.css') ? source : (/<style>(.*)<\/style>/s.exec(source)?.[1] ?? '') };
  });

test('layouts change only at the listed widths', () => {
  const found = styles.flatMap(({ name, css }) =>
    [...css.matchAll(/@(?:media|container)[^{]*/g)].flatMap(([query]) =>
      [...query.matchAll(/(?:min|max)-(?:width|height): [\d.]+[a-z]+/g)].map(([at]) => ({ name, at })),
    ),
  );
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ at }) => !breakpoints.has(at))).toEqual([]);
});

test('spacing, radii and font sizes come from tokens', () => {
  const found = styles.flatMap(({ name, css }) =>
    [...css.matchAll(/^\s*([\w-]+):([^;{}]*);/gm)]
      .filter(([, property]) => tokenised.test(property!))
      .map(([, property, value]) => ({ name, property: property!, value: value!.trim() })),
  );
  expect(found.length).toBeGreaterThan(500);
  const raw = ({ value }: { value: string }) =>
    [...value.matchAll(/(?<![\w.])([\d.]+)px/g)].some(([, pixels]) => Number(pixels) > hairline);
  expect(found.filter(raw)).toEqual([]);
});
