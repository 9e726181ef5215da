import { expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { killConnections } from '#test/support/outage.ts';
import { seeded } from '#test/support/seeded.ts';
import { findLosses, workOn } from '#test/support/work-under-faults.ts';
import { waitFor } from '#test/support/wait.ts';
import { watching } from '#test/support/watching.ts';
import { newRecord } from '#test/support/records.ts';

const ground = standOn();

test('100 connections killed while people work lose nothing that was acknowledged and do nothing twice (faults S1, D1, D13)', async () => {
  const { server, cast } = ground;
  const random = seeded(11);
  const watcher = await watching(server.url, cast.observer, cast.scope);
  const work = await workOn(ground);
  try {
    for (let killed = 0; killed < 100;) {
      await new Promise((resolve) => setTimeout(resolve, random.below(40)));
      killed += await killConnections(server.database, 1 + random.below(2), random.below(2) === 0);
    }
  } finally {
    await work.stop();
  }
  expect(work.strange).toEqual([]);
  expect(work.done.size).toBeGreaterThan(0);
  expect(await findLosses(ground, work)).toEqual([]);
  // The page that watched meanwhile hears of the next thing as well.
  const again = watcher.socket.connected ? watcher : await watching(server.url, cast.observer, cast.scope);
  const { id } = await newRecord(cast);
  await waitFor(() => again.events.some((event) => event.record?.id === id) || again.seq() > 0);
  again.socket.close();
}, 120_000);
