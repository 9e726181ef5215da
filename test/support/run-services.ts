import { spawnSync } from 'node:child_process';
import { findPostgres } from './postgres.ts';
import { findRedis } from './redis.ts';

/** What `npm test` runs, on PostgreSQL, the races that need a server with several connections, several processes, the faults, and the floods. */
try {
  const url = await findPostgres();
  const redis = await findRedis();
  const projects = ['api', 'realtime', 'races', 'processes', 'faults', 'floods'].flatMap((name) => ['--project', name]);
  const { status } = spawnSync('vitest', ['run', ...projects, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url, TEST_REDIS_URL: redis },
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
