import { afterAll, expect, test } from 'vitest';
import { clientWith } from '#test/support/client.ts';
import { cuttableRelay, type CuttableRelay } from '#test/support/cuttable-relay.ts';
import type { SeededOrganisation } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { killConnections } from '#test/support/outage.ts';
import { seeded } from '#test/support/seeded.ts';
import { findLosses, workOn } from '#test/support/work-under-faults.ts';
import { waitFor } from '#test/support/wait.ts';
import { watchScope } from '#test/support/watcher.ts';
import { newRecord } from '#test/support/records.ts';

const ctx = useTestServer();
let relay: CuttableRelay | undefined;
afterAll(() => relay?.close());

test('killing 100 connections while people work loses nothing acknowledged and repeats nothing (faults S1, D1, D13)', async () => {
  const { server, users } = ctx;
  const random = seeded(11);
  const watcher = await watchScope(server.url, users.observer, users.scope);
  const work = await workOn(ctx);
  try {
    for (let killed = 0; killed < 100;) {
      await new Promise((resolve) => setTimeout(resolve, random.below(40)));
      killed += await killConnections(server.database, 1 + random.below(2), random.below(2) === 0);
    }
  } finally {
    await work.stop();
  }
  expect(work.strange).toEqual([]);
  expect([work.done.size, work.edited.size, work.imported.size].every((count) => count > 0)).toBe(true);
  expect(await findLosses(ctx, work)).toEqual([]);
  // The page that was watching meanwhile also receives the next event.
  const again = watcher.socket.connected ? watcher : await watchScope(server.url, users.observer, users.scope);
  const { id } = await newRecord(users);
  await waitFor(() => again.events.some((event) => event.record?.id === id) || again.seq() > 0);
  again.socket.close();
}, 120_000);

test('cutting 100 connections of pages and documents while people work loses nothing acknowledged and repeats nothing (faults S1, no. 3)', async () => {
  const { server, users } = ctx;
  const random = seeded(13);
  relay = await cuttableRelay(server.url);
  const { url } = relay;
  const names = ['lead', 'dataOwner', 'reviewer', 'observer'] as const;
  const through = names.map((name) => [name, clientWith({ url }, users[name], users[name].cookie)] as const);
  const far = { server: { ...server, url }, users: { ...users, ...Object.fromEntries(through) } as SeededOrganisation };
  const watcher = await watchScope(url, far.users.observer, users.scope);
  let ended = 0;
  watcher.socket.on('disconnect', () => (ended += 1));
  const work = await workOn(far);
  try {
    for (let cut = 0; cut < 100;) {
      await new Promise((resolve) => setTimeout(resolve, random.below(60)));
      cut += relay.cut(random, 1 + random.below(2));
    }
  } finally {
    await work.stop();
  }
  expect(work.strange).toEqual([]);
  expect(ended).toBeGreaterThan(0);
  expect([work.done.size, work.edited.size, work.imported.size].every((count) => count > 0)).toBe(true);
  expect(await findLosses(ctx, work)).toEqual([]);
  // The page that was cut off reconnects by itself, watches again and receives the next event.
  await waitFor(() => watcher.socket.connected);
  expect(await watcher.socket.emitWithAck('watch', users.scope)).not.toBeNull();
  const { id } = await newRecord(users);
  await waitFor(() => watcher.events.some((event) => event.record?.id === id));
  watcher.socket.close();
}, 120_000);
