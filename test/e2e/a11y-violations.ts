import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Barrier = [rule: string, places: string[]];

/** Violations that axe finds in light and dark mode: by rule, with location. */
export async function a11yViolations(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  // Not as a script element: the content security policy blocks such a script.
  await page.evaluate(axe);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Only the colours differ between the two.
    const only = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const violations = await page.evaluate(run, { ...only, resultTypes: ['violations'] });
    for (const [rule, places] of violations) {
      // An open menu is rendered at the end of the page, outside every landmark.
      if (rule !== 'region') found[`${rule} in ${colorScheme}`] = places;
    }
  }
  return found;
}

/** Runs in the page and returns only the violations: the passes are many times larger. */
async function run(options: object): Promise<Barrier[]> {
  const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
  const { violations } = await axe.run(options);
  return violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ target, any }) => `${target.join(' ')}: ${any[0]?.message ?? ''}`),
  ]);
}
