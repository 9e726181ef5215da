import { afterAll, beforeAll } from 'vitest';
import { findRedis } from './redis.ts';
import { standOn, type Ground } from './ground.ts';
import { startTestServer, type TestServer } from './server.ts';

export interface TwoProcesses extends Ground {
  /** A second server on the same database. */
  other: TestServer;
}

/** Two servers that share a database and a Redis: the tests' own, or the one given. Needs PostgreSQL. */
export function standOnTwo(redis: () => Promise<string> = findRedis): TwoProcesses {
  const ground = standOn({ redisUrl: redis }) as TwoProcesses;
  beforeAll(async () => {
    ground.other = await startTestServer({ redisUrl: await redis(), beside: ground.server });
  });
  // Runs before the first one's end, which drops the database.
  afterAll(() => ground.other?.close());
  return ground;
}
