import type { BrowserContext } from '@playwright/test';

/** Violations of the content security policy in the pages of these contexts. */
export const violations: string[] = [];

/** Records content security policy violations in every page of a context; they fail the test. */
export function watchPolicy(context: BrowserContext): void {
  context.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) violations.push(`${message.page()?.url() ?? ''}: ${text}`);
  });
}
