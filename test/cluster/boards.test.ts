import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { nothingAttended } from '#shared/contract/presence.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { endWaivers } from '#server/jobs/waiver-ends.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { resumeImports } from '#server/jobs/resume-imports.ts';
import { events, imports, records } from '#server/db/schema.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
import { started } from '#test/support/standups.ts';
import { useTwoServers } from '#test/support/two-processes.ts';
import { waitFor } from '#test/support/wait.ts';
import { watchScope, type Watcher } from '#test/support/watcher.ts';

const ctx = useTwoServers();
const watchers: Watcher[] = [];
afterEach(() => watchers.splice(0).forEach(({ socket }) => socket.disconnect()));

async function watch(client: Client, server = ctx.server): Promise<Watcher> {
  const watcher = await watchScope(server.url, client, ctx.users.scope);
  watchers.push(watcher);
  return watcher;
}

test('events of one process reach the boards of the other, once each and in order', async () => {
  const { users } = ctx;
  const watcher = await watch(users.reviewer, ctx.other);
  const before = watcher.seq();
  const made = [await newRecord(users), await newRecord(users), await newRecord(users)];
  await waitFor(() => watcher.events.length === made.length);
  expect(watcher.events.map(({ seq }) => seq)).toEqual([1, 2, 3].map((n) => before + n));
  expect(watcher.events.map(({ card }) => card?.id)).toEqual(made.map(({ id }) => id));
});

test('a notification reaches its person on every process', async () => {
  const { users } = ctx;
  const watcher = await watch(users.reviewer, ctx.other);
  const { id } = await newRecord(users);
  const { lead } = users;
  await writeDocument(ctx.server.services, { id: lead.id, name: lead.name }, id, (doc) => {
    say({ doc }, lead, `@[${users.reviewer.id}] please look.`);
  });
  await waitFor(() => watcher.told() > 0);
});

test('presence and lifted cards show on both processes, and disappear from both', async () => {
  const { users } = ctx;
  const record = (await newRecord(users)).id;
  const local = await watch(users.reviewer);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const there = await watch(users.dataOwner, ctx.other);
  const peopleOf = ({ present }: Watcher) => [...present.values()].map(({ person }) => person.name);
  expect(peopleOf(there)).toEqual([users.reviewer.name]);
  await waitFor(() => local.present.size === 1);
  there.socket.emit('attend', users.scope, { ...nothingAttended, record, lifted: record });
  await waitFor(() => [...local.present.values()][0]?.lifted === record);
  there.socket.disconnect();
  await waitFor(() => local.present.size === 0);
});

test('ending a person’s duties on one process disconnects them from the other within a second', async () => {
  const { users, server, other } = ctx;
  const member = await addMember(server.services, users.organisation, 'Rosa Kern', 'rosa@works.example');
  const duties = (from: 'reviewer'[], to: 'reviewer'[]) =>
    setDuties(server.services, by(users.admin), { scope: users.scope, person: member.id, from, to });
  await duties([], ['reviewer']);
  const { socket } = await watch(await signedIn(server, member), other);
  const gone = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now())));
  const began = performance.now();
  await duties(['reviewer'], []);
  expect((await gone) - began).toBeLessThan(1_000);
});

test('a standup is followed from both processes, and its leader may be on either', async () => {
  const { users } = ctx;
  const items = [(await newRecord(users)).id, (await newRecord(users)).id];
  const standup = await started(ctx, users.reviewer, items);
  const leader = await watch(users.reviewer);
  const follower = await watch(users.dataOwner, ctx.other);
  const [points, people]: [unknown[], string[][]] = [[], []];
  follower.socket.on('pointed', (_, point) => void points.push(point));
  follower.socket.on('standupPresence', (_, presence) => void people.push([...presence.people].sort()));
  await follower.socket.emitWithAck('attendStandup', standup.id);
  await leader.socket.emitWithAck('attendStandup', standup.id);
  const everybody = [users.reviewer.id, users.dataOwner.id].sort();
  await waitFor(() => JSON.stringify(people.at(-1)) === JSON.stringify(everybody));
  leader.socket.emit('point', standup.id, { position: 0, scroll: 0.5 });
  await waitFor(() => points.length === 1);
  expect(points).toEqual([{ position: 0, scroll: 0.5 }]);
  const later = await watch(users.observer, ctx.other);
  expect(await later.socket.emitWithAck('attendStandup', standup.id)).toMatchObject({ point: { scroll: 0.5 } });
  leader.socket.disconnect();
  const left = [users.dataOwner.id, users.observer.id].sort();
  await waitFor(() => isDeepStrictEqual(people.at(-1), left));
});

test('a starting process neither resumes nor fails an import that another process is working on', async () => {
  const { users, server, other } = ctx;
  const row = { scopeId: users.scope, personId: users.lead.id, file: 'a.csv', kind: 'csv' as const, at: new Date() };
  const id = randomUUID();
  await server.db.insert(imports).values({ ...row, id, state: 'checking' });
  const stateOf = async () => (await server.db.select().from(imports).where(eq(imports.id, id)))[0]!.state;
  let finish!: () => void;
  let begun!: () => void;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const working = server.services.work.runExclusive(`check ${id}`, () => {
    begun();
    return new Promise<void>((resolve) => (finish = resolve));
  });
  await beginning;
  await resumeImports(other.services);
  expect(await stateOf()).toBe('checking');
  finish();
  await working;
  // Now no process is working on it any more.
  await waitFor(async () => {
    await resumeImports(other.services);
    return (await stateOf()) === 'unreadable';
  });
});

test('of two processes that start the same exclusive work concurrently one does it', async () => {
  const { server, other } = ctx;
  let runs = 0;
  const id = randomUUID();
  const run = async () => {
    runs += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  const ran = await Promise.all([server, other].map(({ services }) => services.work.runExclusive(id, run)));
  expect([runs, ran.filter(Boolean).length]).toEqual([1, 1]);
});

test('the scheduled jobs of two processes together have the effect of one', async () => {
  const { users, server, other } = ctx;
  await newRecord(users);
  const total = async () => (await server.db.select({ rows: count() }).from(events))[0]!.rows;
  await Promise.all([server, other].map(({ services }) => endWaivers(services)));
  const [before, { length }] = [await total(), await server.db.select().from(records)];
  expect(length).toBeGreaterThan(0);
  await Promise.all([server, other, server, other].map(({ services }) => endWaivers(services)));
  expect(await total()).toBe(before);
});
