import { defineConfig, type Plugin } from 'vitest/config';
import { isMutated, withSwitches } from './access-checks.ts';

const switchable: Plugin = {
  name: 'switchable-access-checks',
  enforce: 'pre',
  transform: (source, id) => (isMutated(id) ? withSwitches(id, source) : undefined),
};

/** Not part of the suites: `npm run mutate:access` deletes each access check of the server in turn. */
export default defineConfig({
  plugins: [switchable],
  test: {
    environment: 'node',
    include: ['test/mutation/**/*.mutation.ts'],
    globalSetup: ['test/support/database-template.ts'],
    setupFiles: ['test/mutation/switches.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
