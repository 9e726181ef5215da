import { afterAll, beforeAll } from 'vitest';
import { findRedis } from './redis.ts';
import { useTestServer, type TestContext } from './context.ts';
import { startTestServer, type TestServer } from './server.ts';

export interface TwoProcesses extends TestContext {
  /** A second server on the same database. */
  other: TestServer;
}

/** Two servers that share a database and a Redis: the tests' own, or the given one. Needs PostgreSQL. */
export function useTwoServers(redis: () => Promise<string> = findRedis): TwoProcesses {
  const ctx = useTestServer({ redisUrl: redis }) as TwoProcesses;
  beforeAll(async () => {
    ctx.other = await startTestServer({ redisUrl: await redis(), beside: ctx.server });
  });
  // Runs before the first server's teardown, which drops the database.
  afterAll(() => ctx.other?.close());
  return ctx;
}
