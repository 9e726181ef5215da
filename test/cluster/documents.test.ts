import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { closeCodes, readRefusalReason } from '#shared/contract/document.ts';
import { updateFrame } from '#server/documents/frames.ts';
import type { StoredUpdate } from '#server/documents/relay.ts';
import { openRedisBus } from '#server/cluster/redis-bus.ts';
import { catchUpIntervalMs } from '#server/cluster/message-bus.ts';
import { identityOf } from '#server/db/driver/identity.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { content, documentsOf, tickIn } from '#test/support/documents.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { signedIn } from '#test/support/client.ts';
import { gcOf } from '#test/support/hostile-updates.ts';
import { rawSocket, type RawSocket } from '#test/support/raw-socket.ts';
import { say, tick, type, type TestReader } from '#test/support/reader.ts';
import { findRedis } from '#test/support/redis.ts';
import { newRecord } from '#test/support/records.ts';
import { useTwoServers } from '#test/support/two-processes.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTwoServers();
const { open, stored } = documentsOf(ctx);

async function both(record: string): Promise<[TestReader, TestReader]> {
  const { dataOwner, reviewer } = ctx.users;
  return Promise.all([open(record, dataOwner), open(record, reviewer, ctx.other.url)]);
}

function askPresences(socket: RawSocket): false {
  socket.send(Uint8Array.from([3]));
  return false;
}

test('concurrent ticks and comments cross between two processes, and are stored in the database', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const [one, two] = await both(id);
  const began = performance.now();
  for (const on of [true, false, true, false, true, false, true]) {
    tick(one, 'source', dataOwner, on);
    await waitFor(() => Boolean(tickIn(two.doc, 'source')) === on);
  }
  // Faster than polling the database: seven polls would take longer.
  expect(performance.now() - began).toBeLessThan(3 * catchUpIntervalMs);
  say(two, reviewer, 'Which extension is this?');
  await waitFor(() => one.doc.getMap('threads').size === 1 && two.saved());
  expect(content(one.doc)).toEqual(content(two.doc));
  expect(content(await stored(id))).toEqual(content(one.doc));
});

test('concurrent writes on both processes, again and again: nothing is lost or duplicated', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const [one, two] = await both(id);
  const [first, second] = [say(one, dataOwner, ''), say(two, reviewer, '')];
  for (let n = 0; n < 40; n++) {
    type(first, `${n % 10}`);
    type(second, `${n % 10}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await waitFor(() => one.saved() && two.saved() && isDeepStrictEqual(content(one.doc), content(two.doc)));
  expect(content(await stored(id))).toEqual(content(one.doc));
  const bodies = JSON.stringify(content(one.doc)).match(/"body":"\d+"/g)!;
  expect(bodies).toEqual(Array(2).fill(`"body":"${'0123456789'.repeat(4)}"`));
});

test('an update missing on the message bus is read from the rows when the next number shows the gap', async () => {
  const { dataOwner, lead } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const [one, two] = await both(id);
  const person = { id: lead.id, name: lead.name };
  // The command alone publishes nothing: as if the message was lost.
  await writeDocument(ctx.server.services, person, id, (doc) => void say({ doc }, lead, 'Unheard.'));
  expect(two.doc.getMap('threads').size).toBe(0);
  tick(one, 'source', dataOwner);
  await waitFor(() => two.doc.getMap('threads').size === 1 && tickIn(two.doc, 'source'));
  await waitFor(() => isDeepStrictEqual(content(one.doc), content(two.doc)));
});

test('and within seconds without a next number', async () => {
  const { lead } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const readers = await both(id);
  const person = { id: lead.id, name: lead.name };
  await writeDocument(ctx.server.services, person, id, (doc) => void say({ doc }, lead, 'Unheard.'));
  await waitFor(() => readers.every(({ doc }) => doc.getMap('threads').size === 1));
});

test('rights that end on one process end on the other’s open sockets within a second', async () => {
  const { users, server, other } = ctx;
  const { id } = await newRecord(users);
  const member = await addMember(server.services, users.organisation, 'Rosa Kern', 'rosa@works.example');
  const duties = (from: 'reviewer'[], to: 'reviewer'[]) =>
    setDuties(server.services, by(users.admin), { scope: users.scope, person: member.id, from, to });
  await duties([], ['reviewer']);
  const reader = await open(id, await signedIn(server, member), other.url);
  const away = new Promise<number>((resolve) =>
    reader.provider.once('connection-close', () => resolve(performance.now())),
  );
  const began = performance.now();
  await duties(['reviewer'], []);
  expect((await away) - began).toBeLessThan(1_000);
  expect(await reader.closed).toBe(closeCodes.gone);
});

test('document presence shows on both processes, and disappears from both', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const people = ({ provider, doc }: TestReader) =>
    [...provider.awareness.getStates()].flatMap(([client, { user }]) =>
      client === doc.clientID ? [] : [(user as { name: string }).name],
    );
  const one = await open(id, dataOwner);
  one.provider.awareness.setLocalStateField('writing', 'record');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const two = await open(id, reviewer, ctx.other.url);
  two.provider.awareness.setLocalStateField('writing', 'record');
  await waitFor(() => people(one).length === 1 && people(two).length === 1);
  expect([people(one), people(two)]).toEqual([[reviewer.name], [dataOwner.name]]);
  // The connection breaks and reconnects to the other process: nobody sees them leave, and they are not listed twice.
  const names: string[][] = [];
  one.provider.awareness.on('change', () => names.push(people(one)));
  two.provider.serverUrl = one.provider.serverUrl;
  (two.provider.ws as unknown as { terminate(): void }).terminate();
  await waitFor(() => two.provider.synced && names.length > 0 && people(one).length === 1);
  two.close();
  await waitFor(() => people(one).length === 0);
  const late = await open(id, ctx.users.lead, ctx.other.url);
  late.provider.awareness.setLocalStateField('writing', 'record');
  await waitFor(() => people(late).length > 0);
  expect(people(late)).toEqual([dataOwner.name]);
});

test('[D09] nobody on one process takes the Yjs id of a page open on the other', async () => {
  const { dataOwner, signatory } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const page = await open(id, dataOwner);
  const mallory = await rawSocket(ctx.other.url, id, signatory);
  await waitFor(() => mallory.frames.some(([type, count]) => type === 1 && count !== 1) || askPresences(mallory));
  mallory.send(updateFrame(gcOf(page.doc.clientID, 0, 1)));
  const { code, reason } = await mallory.closed;
  expect([code, readRefusalReason(reason)!.rule]).toEqual([closeCodes.notAllowed, 'D09']);
  tick(page, 'source', dataOwner);
  await waitFor(() => page.saved());
});

test('a move that saw an update only the other process received is answered, not refused', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  await both(id);
  const person = { id: users.lead.id, name: users.lead.name };
  await writeDocument(server.services, person, id, (doc) => void say({ doc }, users.lead, 'Unheard.'));
  const { encodeStateVector } = await import('yjs');
  const vector = encodeStateVector(await stored(id));
  expect(await ctx.other.services.documentHolds(id, vector, 1_000)).toBe(true);
});

test('nobody without the secret of the board injects an update into a document through Redis', async () => {
  const { dataOwner } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const [one, two] = await both(id);
  const say1 = say(one, dataOwner, 'Genuine.');
  await waitFor(() => two.doc.getMap('threads').size === 1);
  const heard: StoredUpdate[] = [];
  const [url, database] = [await findRedis(), await identityOf(ctx.server.db)];
  const stranger = await openRedisBus({ url, secret: 'another secret that is long enough', database });
  const friend = await openRedisBus({ url, secret: ctx.server.services.secret, database });
  try {
    stranger.subscribe<StoredUpdate>('update', (update) => void heard.push(update));
    const caught = new Promise<StoredUpdate>((resolve) => friend.subscribe<StoredUpdate>('update', resolve));
    type(say1, ' And more.');
    const real = await caught;
    expect(heard).toEqual([]);
    // The same bytes with the next number: anybody able to publish on the channel would leave a gap here.
    stranger.send('update', { ...real, number: real.number + 1, person: 'somebody' });
    await waitFor(() => isDeepStrictEqual(content(one.doc), content(two.doc)));
    expect(content(await stored(id))).toEqual(content(two.doc));
  } finally {
    await stranger.close();
    await friend.close();
  }
});
