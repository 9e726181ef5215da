import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Barrier = [rule: string, places: string[]];

/** What axe finds, in light and in dark: by rule, with where. */
export async function a11yViolations(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  // Not as a script element: the content security policy lets no such script run.
  await page.evaluate(axe);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Only the colours differ between the two.
    const only = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const violations = await page.evaluate(run, { ...only, resultTypes: ['violations'] });
    for (const [rule, places] of violations) {
      // An open menu is drawn at the end of the page, outside of every landmark.
      if (rule !== 'region') found[`${rule} in ${colorScheme}`] = places;
    }
  }
  return found;
}

/** Runs in the page, and hands over only the violations: what passes is many times as much. */
async function run(options: object): Promise<Barrier[]> {
  const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
  const { violations } = await axe.run(options);
  return violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ target, any }) => `${target.join(' ')}: ${any[0]?.message ?? ''}`),
  ]);
}
