import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Feed } from './feed.svelte.ts';

/** The dependency: a Socket.IO connection, as far as a feed uses it. */
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

/** The server, or an intermediary, refuses the connection. */
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

it('treats a server without its database as unavailable, and reconnects by itself (fault D4)', async () => {
  deny('unavailable', false);
  expect(feed.status).toBe('offline');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(socket.connects).toBe(1);
});

it('leaves reconnecting to Socket.IO unless the connection was refused', async () => {
  deny('websocket error', true);
  expect(feed.status).toBe('offline');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.connects).toBe(0);
});

it('ends only with the session', async () => {
  deny('signed-out', false);
  expect(feed.status).toBe('signed-out');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.connects).toBe(0);
});
