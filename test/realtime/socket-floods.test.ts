import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { ClientToServer, PresenceChanges, ServerToClient } from '#shared/contract/feed.ts';
import { nothingAttended } from '#shared/contract/presence.ts';
import { members, people, scopeDuties } from '#server/db/schema.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';

const ctx = useTestServer();
type Line = Socket<ServerToClient, ClientToServer>;
const sockets: Line[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

function opening({ cookie }: Client): Line {
  const socket: Line = io(ctx.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  });
  sockets.push(socket);
  return socket;
}

async function connected(client: Client): Promise<Line> {
  const socket = opening(client);
  await expect.poll(() => socket.connected, patiently).toBe(true);
  return socket;
}

async function watching(client: Client) {
  const socket = await connected(client);
  const changes: PresenceChanges[] = [];
  socket.on('presence', (_scope, change) => void changes.push(change));
  const watched = (await socket.emitWithAck('watch', ctx.users.scope))!;
  return { socket, changes, watched };
}

/** Observers; they need no password. */
async function observers(count: number, name: string): Promise<Client[]> {
  const { server, users } = ctx;
  const made = Array.from({ length: count }, (_, n) => ({ id: randomUUID(), name: `${name} ${n}` }));
  const { db } = server;
  await db
    .insert(people)
    .values(made.map(({ id, name }) => ({ id, name, email: `${id}@works.example`, emailVerified: true })));
  await db
    .insert(members)
    .values(made.map(({ id }) => ({ organisationId: users.organisation, personId: id, admin: false })));
  await db
    .insert(scopeDuties)
    .values(made.map(({ id }) => ({ scopeId: users.scope, personId: id, duty: 'observer' as const })));
  return Promise.all(made.map((person) => signedIn(server, person)));
}

const patiently = { timeout: 30_000, interval: 50 };

test('a socket that floods with `watch` is disconnected, and the next one works again (fault S8)', async () => {
  const { users } = ctx;
  const { changes } = await watching(users.lead);
  const flooder = await connected(users.observer);
  for (let n = 0; n < 20_000; n++) flooder.emit('watch', users.scope, () => undefined);
  await expect.poll(() => flooder.disconnected, patiently).toBe(true);
  expect(changes.length).toBeLessThan(20);
  const [calm] = await observers(1, 'calm');
  expect((await watching(calm!)).watched.seq).toBeGreaterThan(0);
});

test('a person has at most 30 connections (fault S8)', async () => {
  const [many] = await observers(1, 'many');
  const all = Array.from({ length: 50 }, () => opening(many!));
  const refused: string[] = [];
  for (const socket of all) socket.on('connect_error', ({ message }) => void refused.push(message));
  await expect.poll(() => all.filter((socket) => socket.connected).length + refused.length, patiently).toBe(50);
  expect(refused).toEqual(Array(20).fill('too-many-connections'));
  all.find((socket) => socket.connected)!.disconnect();
  const opens = () => {
    const again = opening(many!);
    return new Promise((resolve) => again.on('connect', () => resolve(true)).on('connect_error', () => resolve(false)));
  };
  await expect.poll(opens, patiently).toBe(true);
}, 60_000);

test('the budget for connection attempts belongs to the session token, whatever else the cookie contains (fault S8)', async () => {
  const [many] = await observers(1, 'varied');
  const all = Array.from({ length: 150 }, (_, n) => opening({ ...many!, cookie: `n=${n}; ${many!.cookie}; m=${n}` }));
  const refused: string[] = [];
  for (const socket of all) socket.on('connect_error', ({ message }) => void refused.push(message));
  await expect.poll(() => all.filter((socket) => socket.connected).length + refused.length, patiently).toBe(150);
  // Refused before the session is looked up; a few tokens refill meanwhile.
  expect(refused.filter((message) => message === 'websocket error').length).toBeGreaterThan(50);
}, 60_000);

test('many simultaneous arrivals are coalesced into few messages, each with a bounded list, and finally nobody is missing (faults S8, P4)', async () => {
  const { users } = ctx;
  const crowd = await observers(6, 'crowd');
  const first = await watching(users.lead);
  const lines = await Promise.all(crowd.flatMap((client) => Array.from({ length: 10 }, () => connected(client))));
  const answers = await Promise.all(lines.map((bus) => bus.emitWithAck('watch', users.scope)));
  for (const bus of lines) bus.emit('attend', users.scope, { ...nothingAttended, writing: true });
  const known = () => {
    const present = new Map(first.changes.flatMap((change) => change.present).map((one) => [one.connection, one]));
    return lines.filter(({ id }) => present.get(id!)?.writing).length;
  };
  await expect.poll(known, patiently).toBe(lines.length);
  expect(first.changes.every(({ present }) => present.length <= 50)).toBe(true);
  // 120 changes sent to 61 pages: each receives a few messages, whatever happens between two ticks.
  expect(first.changes.length).toBeLessThan(100);
  expect(first.changes.at(-1)!.pages).toBe(lines.length + 1);
  expect(answers.every((answer) => answer!.present.length <= 50)).toBe(true);
  const late = await watching(users.reviewer);
  expect(late.watched.present).toHaveLength(50);
  expect(late.watched.pages).toBe(lines.length + 2);
}, 60_000);
