import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Feed } from './feed.svelte.ts';

/** The outside: a connection of Socket.IO, as far as a feed uses it. */
const socket = {
  active: true,
  connects: 0,
  listeners: new Map<string, (value: unknown) => void>(),
  on(event: string, listener: (value: unknown) => void) {
    this.listeners.set(event, listener);
  },
  connect() {
    this.connects++;
  },
  disconnect() {},
  emit() {},
  volatile: { emit() {} },
};
vi.mock('socket.io-client', () => ({ io: () => socket }));

/** The server, or something before it, denies the connection. */
function deny(message: string, active: boolean) {
  socket.active = active;
  socket.listeners.get('connect_error')!(new Error(message));
}

let feed: Feed;
beforeEach(async () => {
  vi.useFakeTimers();
  socket.connects = 0;
  feed = new Feed('scope', 0);
  await feed.open();
});
afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

it('takes a server without its database for one that is away, and comes back by itself (fault D4)', async () => {
  deny('unavailable', false);
  expect(feed.status).toBe('offline');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(socket.connects).toBe(1);
});

it('leaves it to the connection to come back where nobody denied it', async () => {
  deny('websocket error', true);
  expect(feed.status).toBe('offline');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.connects).toBe(0);
});

it('ends with the session, and only with it', async () => {
  deny('signed-out', false);
  expect(feed.status).toBe('signed-out');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.connects).toBe(0);
});
