import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '#shared/contract/document.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Client } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { comeBack, goAway } from '#test/support/outage.ts';
import { move, newRecord, staffedRecord, tickAll } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ground = standOn();
const sockets: Socket<ServerToClient, ClientToServer>[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await comeBack(ground.server.database);
});

function feedOf({ cookie }: Client): Socket<ServerToClient, ClientToServer> {
  const socket: Socket<ServerToClient, ClientToServer> = io(ground.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
  });
  sockets.push(socket);
  return socket;
}

const closeCodeOf = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
const documentOf = ({ cookie }: Client, record: string) =>
  new WebSocket(`${ground.server.url.replace('http', 'ws')}/documents/${record}`, { headers: { cookie } });

test('a watch while the database is away ends neither the process nor the page: it connects again and is answered (fault D1)', async () => {
  const { server, cast } = ground;
  const socket = feedOf(cast.lead);
  await waitFor(() => socket.connected);
  await goAway(server.database);
  let answered = false;
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('watch', cast.scope, () => (answered = true));
  await closed;
  expect(answered).toBe(false);
  await comeBack(server.database);
  const again = feedOf(cast.lead);
  await waitFor(() => again.connected);
  expect(await again.emitWithAck('watch', cast.scope)).toMatchObject({ seq: expect.any(Number) });
});

test.each(['attendStandup', 'departStandup', 'unwatch', 'attend', 'point'] as const)(
  '%s while the database is away does not end the process (fault D1)',
  async (event) => {
    const { server, cast } = ground;
    const socket = feedOf(cast.lead);
    await waitFor(() => socket.connected);
    await goAway(server.database);
    socket.emit(event, randomUUID() as never, (() => undefined) as never);
    const answer = await fetch(`${server.url}/api/openapi.json`);
    expect(answer.status).toBe(200);
  },
);

test('a feed and a document opened while the database is away are told so, and not that they are signed out (fault D4)', async () => {
  const { server, cast } = ground;
  const card = await newRecord(cast);
  await goAway(server.database);
  const refusal = await new Promise<Error>((resolve) => feedOf(cast.lead).once('connect_error', resolve));
  expect(refusal.message).toBe('unavailable');
  expect(await closeCodeOf(documentOf(cast.lead, card.id))).toBe(closeCodes.storeFailed);
  await comeBack(server.database);
  const socket = feedOf(cast.lead);
  await waitFor(() => socket.connected);
});

test('HTTP answers that the database is away, for reads, writes and sign-in, and the same session goes on when it is back (faults S1, D4)', async () => {
  const { server, cast } = ground;
  const card = await staffedRecord(cast);
  await tickAll(ground, card.id, 'intake');
  await goAway(server.database);
  const write = { method: 'POST', headers: { 'operation-id': randomUUID(), 'content-type': 'application/json' } };
  const body = JSON.stringify({ from: 'intake', to: 'data', after: null });
  const answers = await Promise.all([
    cast.lead.fetch(`/api/records/${card.id}`),
    cast.lead.fetch(`/api/records/${card.id}/move`, { ...write, body }),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: 'unavailable' });
  }
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'lead@works.example', password: 'a wrong one, perhaps' }),
  });
  expect(signIn.status).toBeGreaterThanOrEqual(500);
  await comeBack(server.database);
  expect((await move(cast.lead, card, 'data')).card.stage).toBe('data');
});
