import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { nothingAttended, type Presence } from '#shared/contract/presence.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
type Line = Socket<ServerToClient, ClientToServer>;
const sockets: Line[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

async function watching(client: Client) {
  const socket: Line = io(ctx.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: client.cookie },
  });
  sockets.push(socket);
  const seen: Presence[] = [];
  socket.on('presence', (_scope, { present }) =>
    seen.push(...present.filter(({ connection }) => connection !== socket.id)),
  );
  await waitFor(() => socket.connected);
  const { present } = (await socket.emitWithAck('watch', ctx.users.scope))!;
  return { socket, seen, present };
}

test('everybody sees who lifted which card and where they hold it, under the name stored on the server', async () => {
  const { users } = ctx;
  const watcher = await watching(users.reviewer);
  const { socket } = await watching(users.lead);
  const [lifted, after] = [randomUUID(), randomUUID()];
  const said = { ...nothingAttended, lifted, more: 2, held: { stage: 'review' as const, after } };
  const forged = { ...said, person: { id: users.observer.id, name: 'Somebody else' }, connection: 'mine' };
  socket.emit('attend', users.scope, forged);
  await waitFor(() => watcher.seen.some((one) => one.lifted));
  expect(watcher.seen.at(-1)).toEqual({
    ...said,
    person: { id: users.lead.id, name: users.lead.name },
    connection: socket.id,
  });
  const late = await watching(users.observer);
  expect(late.present).toContainEqual(expect.objectContaining({ lifted, held: { stage: 'review', after } }));
});

test('invalid attention, or attention on an unwatched scope, is not relayed', async () => {
  const { users } = ctx;
  const watcher = await watching(users.reviewer);
  watcher.seen.length = 0;
  const { socket } = await watching(users.lead);
  socket.emit('attend', users.scope, { ...nothingAttended, held: { stage: 'nowhere' as never } });
  socket.emit('attend', users.scope, { ...nothingAttended, lifted: 'x'.repeat(10_000) });
  socket.emit('attend', randomUUID(), nothingAttended);
  socket.emit('attend', users.scope, { ...nothingAttended, writing: true });
  await waitFor(() => watcher.seen.some(({ writing }) => writing));
  const { connection: _, person: __, ...said } = watcher.seen.at(-1)!;
  expect(said).toEqual({ ...nothingAttended, writing: true });
  expect(watcher.seen.filter(({ held, lifted }) => held || lifted)).toEqual([]);
});

test('attention faster than ten times a second is coalesced to its last state', async () => {
  const { users } = ctx;
  const watcher = await watching(users.reviewer);
  const { socket } = await watching(users.lead);
  const before = watcher.seen.length;
  for (let n = 0; n < 200; n++) socket.emit('attend', users.scope, { ...nothingAttended, more: n });
  await waitFor(() => watcher.seen.at(-1)?.more === 199);
  expect(watcher.seen.length - before).toBeLessThan(25);
});
