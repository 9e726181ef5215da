import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openClusterPresence, type ClusterPresence } from './presence.ts';
import type { MessageBus } from './message-bus.ts';

interface TestLine {
  bus: MessageBus;
  cut: boolean;
  take(from: string, message: unknown): void;
}

/** In-memory connections between processes, each of which can be cut. */
function lines() {
  const all: TestLine[] = [];
  return (own: string): TestLine => {
    const subscribers: ((message: never, from: string) => void)[] = [];
    const testBus: TestLine = {
      cut: false,
      take: (from: string, message: unknown) => subscribers.forEach((hear) => hear(message as never, from)),
      bus: {
        instanceId: own,
        send(_, message) {
          if (testBus.cut) return;
          for (const other of all) if (other !== testBus && !other.cut) other.take(own, structuredClone(message));
        },
        subscribe: (_, hear) => void subscribers.push(hear),
        isDisconnected: () => testBus.cut,
        isAlone: () => false,
        onReconnect: () => undefined,
        close: async () => undefined,
      },
    };
    all.push(testBus);
    return testBus;
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const there = (clusterPresence: ClusterPresence) =>
  clusterPresence.remote('room').map(({ key, entry }) => [key, entry]);

test('a process that joins later receives the current presence and all later changes', () => {
  const process = lines();
  const first = openClusterPresence(process('a').bus);
  first.set('room', 'ada', 1);
  const second = openClusterPresence(process('b').bus);
  expect(there(second)).toEqual([['ada', 1]]);
  const heard: unknown[] = [];
  first.onChange((...change) => heard.push(change));
  second.set('room', 'bo', { at: 1 });
  second.set('room', 'bo', null);
  expect(heard).toEqual([
    ['room', 'bo', { at: 1 }],
    ['room', 'bo', null],
  ]);
  expect(there(first)).toEqual([]);
});

test('the next heartbeat delivers missed changes', () => {
  const process = lines();
  const [a, b] = [process('a'), process('b')];
  const [first, second] = [openClusterPresence(a.bus), openClusterPresence(b.bus)];
  first.set('room', 'ada', 1);
  b.cut = true;
  first.set('room', 'ada', null);
  first.set('room', 'cy', 2);
  b.cut = false;
  expect(there(second)).toEqual([['ada', 1]]);
  vi.advanceTimersByTime(2_000);
  expect(there(second)).toEqual([['cy', 2]]);
});

test('a silent process is removed with everybody on it; one whose own connection is down is not', () => {
  const process = lines();
  const [a, b] = [process('a'), process('b')];
  const [first, second] = [openClusterPresence(a.bus), openClusterPresence(b.bus)];
  first.set('room', 'ada', 1);
  second.set('room', 'bo', 1);
  const heard: unknown[] = [];
  let gone = 0;
  second.onChange((...change) => heard.push(change));
  second.onNodeLost(() => (gone += 1));
  // b hears nothing at all, so it cannot tell whether a is gone. a still hears others, but not b.
  b.cut = true;
  vi.advanceTimersByTime(20_000);
  expect([there(second), there(first)]).toEqual([[['ada', 1]], []]);
  b.cut = false;
  a.cut = true;
  vi.advanceTimersByTime(20_000);
  expect([there(second), heard, gone]).toEqual([[], [['room', 'ada', null]], 1]);
});

test('a process that shuts down announces it', () => {
  const process = lines();
  const [first, second] = [openClusterPresence(process('a').bus), openClusterPresence(process('b').bus)];
  first.set('room', 'ada', 1);
  first.close();
  expect(there(second)).toEqual([]);
});
