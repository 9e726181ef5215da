import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { nothingAttended, type Presence } from '#shared/contract/presence.ts';
import type { Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { waitFor } from '#test/support/wait.ts';

const ground = standOn();
type Line = Socket<ServerToClient, ClientToServer>;
const sockets: Line[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

async function watching(client: Client) {
  const socket: Line = io(ground.server.url, {
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
  const { present } = (await socket.emitWithAck('watch', ground.cast.scope))!;
  return { socket, seen, present };
}

test('everybody sees who has lifted which card and where they hold it, under the name the server knows', async () => {
  const { cast } = ground;
  const watcher = await watching(cast.reviewer);
  const { socket } = await watching(cast.lead);
  const [lifted, after] = [randomUUID(), randomUUID()];
  const said = { ...nothingAttended, lifted, more: 2, held: { stage: 'review' as const, after } };
  const forged = { ...said, person: { id: cast.observer.id, name: 'Somebody else' }, connection: 'mine' };
  socket.emit('attend', cast.scope, forged);
  await waitFor(() => watcher.seen.some((one) => one.lifted));
  expect(watcher.seen.at(-1)).toEqual({
    ...said,
    person: { id: cast.lead.id, name: cast.lead.name },
    connection: socket.id,
  });
  const late = await watching(cast.observer);
  expect(late.present).toContainEqual(expect.objectContaining({ lifted, held: { stage: 'review', after } }));
});

test('what is no attention, or of a scope that is not watched, is not passed on', async () => {
  const { cast } = ground;
  const watcher = await watching(cast.reviewer);
  watcher.seen.length = 0;
  const { socket } = await watching(cast.lead);
  socket.emit('attend', cast.scope, { ...nothingAttended, held: { stage: 'nowhere' as never } });
  socket.emit('attend', cast.scope, { ...nothingAttended, lifted: 'x'.repeat(10_000) });
  socket.emit('attend', randomUUID(), nothingAttended);
  socket.emit('attend', cast.scope, { ...nothingAttended, writing: true });
  await waitFor(() => watcher.seen.some(({ writing }) => writing));
  const { connection: _, person: __, ...said } = watcher.seen.at(-1)!;
  expect(said).toEqual({ ...nothingAttended, writing: true });
  expect(watcher.seen.filter(({ held, lifted }) => held || lifted)).toEqual([]);
});

test('what a socket says faster than ten times a second is passed on as it is in the end', async () => {
  const { cast } = ground;
  const watcher = await watching(cast.reviewer);
  const { socket } = await watching(cast.lead);
  const before = watcher.seen.length;
  for (let n = 0; n < 200; n++) socket.emit('attend', cast.scope, { ...nothingAttended, more: n });
  await waitFor(() => watcher.seen.at(-1)?.more === 199);
  expect(watcher.seen.length - before).toBeLessThan(25);
});
