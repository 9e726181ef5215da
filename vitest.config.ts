import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Modules are shared by the files of one worker: the server keeps no state in them, and loading it costs a second. */
const withDatabase = {
  environment: 'node',
  globalSetup: ['test/support/database-template.ts'],
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'unit',
          include: ['{shared,server,web/src,tools}/**/*.test.ts'],
          globalSetup: [...withDatabase.globalSetup],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...withDatabase,
          name: 'api',
          include: ['test/api/**/*.test.ts', 'test/contract/**/*.test.ts'],
          exclude: ['test/contract/races*.test.ts'],
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        test: { ...withDatabase, name: 'realtime', include: ['test/realtime/**/*.test.ts'] },
      },
      { test: { ...withDatabase, name: 'cluster', include: ['test/cluster/**/*.test.ts'] } },
      { test: { ...withDatabase, name: 'faults', include: ['test/faults/**/*.test.ts'] } },
      { test: { ...withDatabase, name: 'floods', include: ['test/floods/**/*.test.ts'] } },
      { test: { ...withDatabase, name: 'races', include: ['test/contract/races*.test.ts'] } },
    ],
  },
});
