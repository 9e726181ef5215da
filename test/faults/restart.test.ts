import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#server/app/config.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { startServer } from '#server/app/start-server.ts';
import { makeCluster, serverPrograms, type Cluster } from '#test/support/cluster.ts';
import { seedOrganisation } from '#test/support/seed-organisation.ts';
import type { TestServer } from '#test/support/server.ts';
import { findLosses, workOn } from '#test/support/work-under-faults.ts';

let cluster: Cluster | undefined;
let close = async () => {};
afterAll(async () => {
  await close();
  await cluster?.remove();
});

test('restarting PostgreSQL under load causes errors for a moment, loses nothing acknowledged, and the process survives (fault S1)', async ({
  skip,
}) => {
  const programs = serverPrograms();
  if (!programs) return skip('There are no PostgreSQL server programs on this machine.');
  cluster = await makeCluster(programs);
  await cluster.start();
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-restart-'));
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1:0',
    DATA_DIR: folder,
    AUTH_SECRET: 'a secret that only the tests know',
    DATABASE_URL: cluster.url,
  });
  const database = await openDatabase(config.database);
  const running = await startServer({ config: { ...config, limitSignIn: false }, database });
  close = async () => {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  };
  const server = { ...running, db: database.db, database: { ...database, url: cluster.url } } as unknown as TestServer;
  const ctx = { server, users: await seedOrganisation(server) };
  const work = await workOn(ctx, 2);
  try {
    for (const how of ['fast', 'immediate', 'fast'] as const) {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await cluster.stop(how);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await cluster.start();
    }
    const before = work.done.size;
    const until = Date.now() + 20_000;
    while (work.done.size < before + 5 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(work.done.size).toBeGreaterThanOrEqual(before + 5);
  } finally {
    await work.stop();
  }
  expect(work.strange).toEqual([]);
  expect(await findLosses(ctx, work)).toEqual([]);
}, 120_000);
