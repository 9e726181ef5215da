import { spawnSync } from 'node:child_process';
import { findPostgres } from './postgres.ts';
import { findRedis } from './redis.ts';

/**
 * Runs vitest projects, named in the first argument and separated by commas, on PostgreSQL and Redis. Passes further
 * arguments to vitest.
 */
try {
  const url = await findPostgres();
  const redis = await findRedis();
  const [names = '', ...options] = process.argv.slice(2);
  const projects = names.split(',').flatMap((name) => ['--project', name]);
  const { status } = spawnSync('vitest', ['run', ...projects, ...options], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url, TEST_REDIS_URL: redis },
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
