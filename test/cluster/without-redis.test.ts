import { afterAll, beforeAll, test } from 'vitest';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { by } from '#test/support/seed-organisation.ts';
import { documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { killConnections } from '#test/support/outage.ts';
import { say } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { waitFor } from '#test/support/wait.ts';
import { watchScope, type Watcher } from '#test/support/watcher.ts';

const ctx = useTestServer();
let other: TestServer;
beforeAll(async () => void (other = await startTestServer({ beside: ctx.server })));
afterAll(() => other?.close());

const { open } = documentsOf(ctx);
const heard = (watcher: Watcher, record: string) =>
  waitFor(() => watcher.events.some((event) => event.record?.id === record));

test('commits of one process and presence reach the pages of the other (fault S14)', async () => {
  const { server, users } = ctx;
  const local = await watchScope(server.url, users.lead, users.scope);
  const there = await watchScope(other.url, users.observer, users.scope);
  await heard(there, (await newRecord(users)).id);
  await waitFor(() => [...local.present.values()].some(({ person }) => person.id === users.observer.id));
  local.socket.close();
  there.socket.close();
});

test('a comment reaches readers on the other process, whatever its length (fault S14)', async () => {
  const { users } = ctx;
  const card = await newRecord(users);
  const writer = await open(card.id, users.lead);
  const reader = await open(card.id, users.reviewer, other.url);
  say(writer, users.lead, 'long '.repeat(1_900));
  await waitFor(() => JSON.stringify(reader.doc.getMap('threads').toJSON()).includes('long long'));
});

test('a person who loses every right receives nothing more on the other process, even if the message was lost (fault S14)', async () => {
  const { server, users } = ctx;
  const there = await watchScope(other.url, users.observer, users.scope);
  await killConnections(server.database);
  await setDuties(server.services, by({ id: users.admin.id, name: users.admin.name }), {
    scope: users.scope,
    person: users.observer.id,
    from: ['observer'],
    to: [],
  });
  await waitFor(() => !there.socket.connected);
  there.socket.close();
});

test('the processes reconnect after losing every connection (fault S14)', async () => {
  const { server, users } = ctx;
  const there = await watchScope(other.url, users.reviewer, users.scope);
  await killConnections(server.database);
  await waitFor(() =>
    newRecord(users).then(
      ({ id }) => there.seq() > 0 && id,
      () => false,
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await heard(there, (await newRecord(users)).id);
  there.socket.close();
});
