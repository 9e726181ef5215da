import { spawnSync } from 'node:child_process';
import { findPostgres } from './postgres.ts';

/** What `npm test` runs, on PostgreSQL, and the races that need a server with several connections. */
try {
  const url = await findPostgres();
  const projects = ['api', 'realtime', 'races'].flatMap((name) => ['--project', name]);
  const { status } = spawnSync('vitest', ['run', ...projects, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
