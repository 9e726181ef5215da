import { afterAll, beforeAll } from 'vitest';
import { seedOrganisation, type SeededOrganisation } from './seed-organisation.ts';
import { startTestServer, type TestServer } from './server.ts';

/** The fixture of a test file: a separate server with both organisations created. Filled before the first test. */
export interface TestContext {
  server: TestServer;
  users: SeededOrganisation;
}

export function useTestServer({
  redisUrl,
  ...parts
}: { now?: () => Date; redisUrl?: () => Promise<string> } = {}): TestContext {
  const ctx = {} as TestContext;
  beforeAll(async () => {
    ctx.server = await startTestServer({ ...parts, redisUrl: await redisUrl?.() });
    ctx.users = await seedOrganisation(ctx.server);
  });
  afterAll(() => ctx.server?.close());
  return ctx;
}
