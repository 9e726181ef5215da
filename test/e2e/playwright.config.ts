import { defineConfig } from '@playwright/test';
import { findChromium, quiet } from './chromium.ts';

const { executablePath, env } = await findChromium();

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  reporter: process.env['E2E_REPORT'] ? [['line'], ['json', { outputFile: process.env['E2E_REPORT'] }]] : 'line',
  use: {
    launchOptions: { executablePath, args: quiet, env: { ...(process.env as Record<string, string>), ...env } },
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
