import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { waitFor } from '#test/support/wait.ts';
import { proposed, withoutMass } from '#test/support/waivers.ts';

const ctx = useTestServer();
const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

async function listening(client: Client) {
  const socket: Socket<ServerToClient, ClientToServer> = io(ctx.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    extraHeaders: { cookie: client.cookie },
  });
  sockets.push(socket);
  let told = 0;
  socket.on('told', () => (told += 1));
  await waitFor(() => socket.connected);
  return () => told;
}

test('a person is notified immediately, on all their sockets and nobody else’s', async () => {
  const { users } = ctx;
  const record = await withoutMass(ctx);
  const [mine, too, observer, elsewhere] = await Promise.all(
    [users.reviewer, users.reviewer, users.observer, users.elsewhere.admin].map(listening),
  );
  await proposed(ctx, record.id);
  await waitFor(() => mine!() === 1 && too!() === 1);
  const { unread } = await users.reviewer.call('get /api/notifications', { query: {} });
  expect(unread).toBe(1);
  expect([observer!(), elsewhere!()]).toEqual([0, 0]);
});

test('notifications read on one page are read on the person’s other pages, and nobody else receives it (fault no. 20)', async () => {
  const { reviewer, lead } = ctx.users;
  const [mine, too, other] = await Promise.all([reviewer, reviewer, lead].map(listening));
  await reviewer.call('post /api/notifications/read', { body: { notifications: null } });
  await waitFor(() => mine!() === 1 && too!() === 1);
  expect((await reviewer.call('get /api/notifications', { query: {} })).unread).toBe(0);
  expect(other!()).toBe(0);
});
