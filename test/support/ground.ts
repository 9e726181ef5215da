import { afterAll, beforeAll } from 'vitest';
import { founding, type Founding } from './founding.ts';
import { startTestServer, type TestServer } from './server.ts';

/** What a test file stands on: a server of its own with both organisations founded. Filled before the first test. */
export interface Ground {
  server: TestServer;
  cast: Founding;
}

export function standOn({ redisUrl, ...parts }: { now?: () => Date; redisUrl?: () => Promise<string> } = {}): Ground {
  const ground = {} as Ground;
  beforeAll(async () => {
    ground.server = await startTestServer({ ...parts, redisUrl: await redisUrl?.() });
    ground.cast = await founding(ground.server);
  });
  afterAll(() => ground.server?.close());
  return ground;
}
