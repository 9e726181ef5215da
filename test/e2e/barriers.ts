import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, in light and in dark: by rule, with where. */
export async function barriers(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  // Not as a script element: the content security policy lets no such script run.
  await page.evaluate(axe);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // What is no matter of colours is the same in both.
    const runOnly = colorScheme === 'dark' ? ['color-contrast'] : undefined;
    const { violations } = await page.evaluate(
      (options) => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
      runOnly ? { runOnly } : {},
    );
    for (const { id, nodes } of violations) {
      // An open menu is drawn at the end of the page, outside of every landmark.
      if (id === 'region') continue;
      found[`${id} in ${colorScheme}`] = nodes.map(
        ({ target, any }) => `${target.join(' ')}: ${any[0]?.message ?? ''}`,
      );
    }
  }
  return found;
}
