import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { slots } from './slots.ts';

test('limits the slots per key, queues further requests in order and refuses one beyond the queue', async () => {
  const enter = slots({ running: 3, runningPerKey: 2, waitingPerKey: 2 });
  const first = await enter('a')!;
  await enter('a')!;
  const started: string[] = [];
  const third = enter('a')!.then((leave) => (started.push('a3'), leave));
  void enter('a')!.then(() => started.push('a4'));
  expect(enter('a')).toBeNull();
  const other = await enter('b')!;
  void enter('c')!.then(() => started.push('c1'));
  await setImmediate();
  expect(started).toEqual([]);
  other();
  await setImmediate();
  // `a` came first and has no free slot left.
  expect(started).toEqual(['c1']);
  first();
  await setImmediate();
  expect(started).toEqual(['c1', 'a3']);
  (await third)();
  await setImmediate();
  expect(started).toEqual(['c1', 'a3', 'a4']);
});

test('releasing a slot twice frees one slot', async () => {
  const enter = slots({ running: 1, runningPerKey: 1, waitingPerKey: 5 });
  const leave = await enter('a')!;
  leave();
  leave();
  const again = await enter('a')!;
  let started = false;
  void enter('b')!.then(() => (started = true));
  await setImmediate();
  expect(started).toBe(false);
  again();
  await setImmediate();
  expect(started).toBe(true);
});
