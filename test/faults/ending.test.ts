import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { openDatabase } from '#server/db/driver/open-database.ts';
import type { Board } from '#shared/contract/record.ts';
import { fill } from '#test/load/fill.ts';
import { spawnServer, withoutPages, type SpawnedServer } from '#test/load/spawned-server.ts';
import { makeCluster, serverPrograms } from '#test/support/cluster.ts';
import { lineTo } from '#test/support/silent-line.ts';
import { waitFor } from '#test/support/wait.ts';

const secret = 'a secret that only the tests know';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server with a board open in a page, a document, and requests in flight, on a separate PostgreSQL. */
async function serverAtWork(programs: string) {
  const cluster = await makeCluster(programs);
  ends.push(cluster.remove);
  await cluster.start();
  const database = await openDatabase({ kind: 'postgres', url: cluster.url });
  const { scope, cookie } = await fill(database.db, secret, 20);
  await database.close();
  const line = await lineTo(cluster.url);
  ends.push(line.close);
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-ending-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const env = { AUTH_SECRET: secret, DATA_DIR: folder, DATABASE_URL: line.url };
  const server = await spawnServer(env, withoutPages, { quiet: true });
  ends.push(server.kill);
  const feed: Socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie }, reconnection: false });
  ends.push(() => feed.close());
  await waitFor(() => feed.connected);
  await feed.emitWithAck('watch', scope);
  const board = (await (
    await fetch(`${server.url}/api/scopes/${scope}/board`, { headers: { cookie } })
  ).json()) as Board;
  const { id, stage } = board.columns.flatMap(({ cards }) => cards)[0]!;
  const document = new WebSocket(`${server.url.replace('http', 'ws')}/documents/${id}`, { headers: { cookie } });
  ends.push(() => document.terminate());
  document.on('error', () => undefined);
  await waitFor(() => document.readyState === document.OPEN);
  const move = () =>
    fetch(`${server.url}/api/records/${id}/move`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'operation-id': randomUUID() },
      body: JSON.stringify({ from: stage, to: stage, after: null }),
    }).then(
      ({ status }) => status,
      () => null,
    );
  expect(await move()).toBe(200);
  return { cluster, line, server, move };
}

async function expectToEnd(server: SpawnedServer): Promise<string> {
  const before = server.log().length;
  const began = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - began).toBeLessThan(6_000);
  return server.log().slice(before);
}

const programs = serverPrograms();

test.skipIf(!programs)(
  'SIGTERM while PostgreSQL is stopped ends the server immediately, with nothing in its log',
  async () => {
    const { cluster, server, move } = await serverAtWork(programs!);
    await cluster.stop('immediate');
    const asked = [move(), move()];
    await setTimeout(1_500);
    asked.push(move());
    expect(await Promise.all(asked)).toEqual([503, 503, 503]);
    expect(await expectToEnd(server)).toBe('');
  },
  120_000,
);

test.skipIf(!programs)(
  'SIGTERM while PostgreSQL does not answer ends the server within 5 s, with one line in its log',
  async () => {
    const { line, server, move } = await serverAtWork(programs!);
    line.fallSilent();
    const asked = [move(), move()];
    await setTimeout(1_500);
    asked.push(move());
    expect(await expectToEnd(server)).toBe('eCoC Board stopped without the database, which did not answer in time.\n');
    for (const status of await Promise.all(asked)) expect([503, null]).toContain(status);
  },
  120_000,
);
