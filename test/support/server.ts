import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '#server/app/config.ts';
import type { Db } from '#server/db/driver/client.ts';
import type { HttpServices } from '#server/http/serve.ts';
import { startServer } from '#server/app/start-server.ts';
import { openBeside, openTestDatabase, type TestDatabase } from './database.ts';

export interface TestServer {
  url: string;
  db: Db;
  database: TestDatabase;
  services: HttpServices;
  setupLink(): string | null;
  close(): Promise<void>;
}

interface TestServerParts {
  now?: () => Date;
  /** The Redis that connects it to other processes. */
  redisUrl?: string;
  limitSignIn?: boolean;
  trustedProxies?: Config['trustedProxies'];
  /** The SMTP server it sends mail through. */
  mailUrl?: string;
  /** Another server whose database it shares. */
  beside?: TestServer;
}

/** The real server without pages, on its own port and its own database unless it shares one. */
export async function startTestServer({
  now,
  redisUrl,
  mailUrl,
  beside,
  limitSignIn = false,
  trustedProxies,
}: TestServerParts = {}): Promise<TestServer> {
  const database = beside ? await openBeside(beside.database) : await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-test-'));
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1:0',
    DATA_DIR: folder,
    AUTH_SECRET: 'a secret that only the tests know',
  });
  const server = await startServer({
    config: {
      ...config,
      limitSignIn,
      redisUrl: redisUrl ?? null,
      trustedProxies: trustedProxies ?? config.trustedProxies,
      mail: mailUrl ? { url: mailUrl, from: 'board@works.example', digestAt: '06:00' } : null,
    },
    database,
    now,
  });
  return {
    url: server.url,
    db: database.db,
    database,
    services: server.services,
    setupLink: server.setupLink,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
