import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { AttendedStandup, Standup, StandupPoint, StandupPresence } from '#shared/contract/standup.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import type { Client } from '#test/support/client.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { end, join, lead, started, walk } from '#test/support/standups.ts';
import { waitFor } from '#test/support/wait.ts';

let late = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + late) });
const sockets: Socket[] = [];
let standup: Standup;

beforeEach(async () => {
  const records = [(await newRecord(ctx.users)).id, (await newRecord(ctx.users)).id];
  standup = await started(ctx, ctx.users.reviewer, records);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

interface Follower {
  socket: Socket<ServerToClient, ClientToServer>;
  attended: AttendedStandup;
  points: StandupPoint[];
  positions: unknown[];
  presence(): StandupPresence | undefined;
}

/** A page that follows the standup and the board. */
async function following(client: Client): Promise<Follower> {
  const socket: Follower['socket'] = io(ctx.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: client.cookie },
  });
  sockets.push(socket);
  const [points, positions]: [StandupPoint[], unknown[]] = [[], []];
  let presence: StandupPresence | undefined;
  socket.on('pointed', (_, point) => points.push(point));
  socket.on('standupPresence', (_, now) => (presence = now));
  socket.on('event', (_, { kind, body }) => void (kind === 'standup.walked' && positions.push(body.after)));
  await waitFor(() => socket.connected);
  await socket.emitWithAck('watch', ctx.users.scope);
  const attended = await socket.emitWithAck('attendStandup', standup.id);
  return { socket, attended, points, positions, presence: () => presence };
}

test('all followers see the leader’s record and reading position, and nobody else can lead', async () => {
  const { users } = ctx;
  const [leader, follower, other] = await Promise.all([users.reviewer, users.dataOwner, users.observer].map(following));
  await walk(users.reviewer, standup, 1);
  await waitFor(() => follower!.positions.length === 1 && other!.positions.length === 1);
  expect(follower!.positions).toEqual([1]);
  other!.socket.emit('point', standup.id, { position: 1, scroll: 0.9 });
  leader!.socket.emit('point', standup.id, { position: 1, scroll: 7 });
  leader!.socket.emit('point', standup.id, { position: 1, scroll: 0.5 });
  await waitFor(() => follower!.points.length > 0 && other!.points.length > 0);
  expect([follower!.points, other!.points, leader!.points]).toEqual([
    [{ position: 1, scroll: 0.5 }],
    [{ position: 1, scroll: 0.5 }],
    [],
  ]);
  const late = await following(users.signatory);
  expect(late.attended!.point).toEqual({ position: 1, scroll: 0.5 });
});

test('a flooding leader is relayed at the rate of the server', async () => {
  const { users } = ctx;
  const [leader, follower] = await Promise.all([users.reviewer, users.dataOwner].map(following));
  for (let n = 0; n <= 500; n++) leader!.socket.emit('point', standup.id, { position: 0, scroll: n / 500 });
  await walk(users.reviewer, standup, 1);
  await waitFor(() => follower!.positions.length === 1);
  expect(follower!.points.length).toBeGreaterThan(0);
  expect(follower!.points.length).toBeLessThan(100);
});

test('lists the connected people, each once, however many pages they have', async () => {
  const { users } = ctx;
  const [leader, follower, twice] = await Promise.all(
    [users.reviewer, users.dataOwner, users.dataOwner].map(following),
  );
  await waitFor(() => leader!.presence()?.people.length === 2);
  expect(new Set(leader!.presence()?.people)).toEqual(new Set([users.reviewer.id, users.dataOwner.id]));
  twice!.socket.disconnect();
  await following(users.observer);
  await waitFor(() => leader!.presence()?.people.length === 3);
  follower!.socket.emit('departStandup', standup.id);
  await waitFor(() => leader!.presence()?.people.length === 2);
  expect(leader!.presence()).toMatchObject({ leaderAway: null });
});

test('when the leader’s last connection closes everybody receives since when, and when they are back', async () => {
  const { users } = ctx;
  const leader = await following(users.reviewer);
  const second = await following(users.reviewer);
  const follower = await following(users.dataOwner);
  leader.socket.disconnect();
  const other = await following(users.observer);
  await waitFor(() => follower.presence()?.people.length === 3);
  expect(follower.presence()?.leaderAway).toBeNull();
  second.socket.disconnect();
  await waitFor(() => follower.presence()?.leaderAway && other.presence()?.leaderAway);
  await following(users.reviewer);
  await waitFor(() => follower.presence()?.leaderAway === null);
});

test('[M34] another person takes over after the leader was away for five seconds, and keeps the position', async () => {
  const { users } = ctx;
  const leader = await following(users.reviewer);
  const follower = await following(users.dataOwner);
  const { standup: walked } = await walk(users.reviewer, standup, 1);
  const refused = () =>
    users.dataOwner.refused('post /api/standups/{standup}/lead', {
      params: { standup: standup.id },
      body: { term: walked.term },
    });
  late += 60_000;
  expect(await refused()).toMatchObject({ findings: [{ rule: 'M34' }] });
  leader.socket.disconnect();
  await waitFor(() => follower.presence()?.leaderAway);
  expect(await refused()).toMatchObject({ findings: [{ rule: 'M34' }] });
  late += 5_000;
  const { standup: taken } = await lead(users.dataOwner, walked);
  expect(taken).toMatchObject({ leader: users.dataOwner.id, position: 1, term: 2 });
  await waitFor(() => follower.presence()?.leaderAway === null);
  const back = await following(users.reviewer);
  back.socket.emit('point', standup.id, { position: 1, scroll: 0.1 });
  follower.socket.emit('point', standup.id, { position: 1, scroll: 0.2 });
  await waitFor(() => back.points.length > 0);
  expect([back.points, follower.points]).toEqual([[{ position: 1, scroll: 0.2 }], []]);
});

test('a person leaves a minute after their last connection closes, and the leader keeps the lead until it is taken', async () => {
  const { users } = ctx;
  await join(users.observer, standup);
  const gone = await following(users.observer);
  const stays = await following(users.dataOwner);
  await join(users.dataOwner, standup);
  gone.socket.disconnect();
  await waitFor(() => stays.presence()?.people.length === 1);
  const read = () => users.lead.call('get /api/standups/{standup}', { params: { standup: standup.id } });
  const leftAt = async (person: Client) => (await read()).people.find((one) => one.person === person.id)!.leftAt;
  expect(await leftAt(users.observer)).toBeNull();
  late += 60_000;
  await waitFor(async () => (await leftAt(users.observer)) !== null);
  expect(await leftAt(users.dataOwner)).toBeNull();
  expect((await read()).leader).toBe(users.reviewer.id);
});

test('another organisation follows nothing, and nobody follows an ended or unknown standup', async () => {
  const { users } = ctx;
  expect((await following(users.elsewhere.admin)).attended).toBeNull();
  const follower = await following(users.observer);
  expect(await follower.socket.emitWithAck('attendStandup', 'nothing')).toBeNull();
  expect(await follower.socket.emitWithAck('attendStandup', crypto.randomUUID())).toBeNull();
  await end(users.reviewer, standup);
  expect(await follower.socket.emitWithAck('attendStandup', standup.id)).toBeNull();
});

test('losing the last duty in the scope ends following', async () => {
  const { users, server } = ctx;
  const leader = await following(users.reviewer);
  const follower = await following(users.observer);
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: users.observer.id,
    from: ['observer'],
    to: [],
  });
  await waitFor(() => !follower.socket.connected || follower.socket.disconnected);
  await waitFor(() => leader.presence()?.people.length === 1);
  expect((await following(users.observer)).attended).toBeNull();
  leader.socket.emit('point', standup.id, { position: 0, scroll: 0.5 });
  await walk(users.reviewer, standup, 1);
  expect(follower.points).toEqual([]);
});
