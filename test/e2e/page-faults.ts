import type { BrowserContext } from '@playwright/test';

/** What the content security policy stopped in the pages of these contexts. */
export const violations: string[] = [];

/** Notes in every page of a context what its content security policy stops; a test of it fails for that. */
export function watchPolicy(context: BrowserContext): void {
  context.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) violations.push(`${message.page()?.url() ?? ''}: ${text}`);
  });
}
