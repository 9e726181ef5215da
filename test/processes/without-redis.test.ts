import { afterAll, beforeAll, test } from 'vitest';
import { setDuties } from '#server/commands/set-duties.ts';
import { by } from '#test/support/founding.ts';
import { documentsOf } from '#test/support/documents.ts';
import { standOn } from '#test/support/ground.ts';
import { killConnections } from '#test/support/outage.ts';
import { say } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { waitFor } from '#test/support/wait.ts';
import { watching, type Watcher } from '#test/support/watching.ts';

const ground = standOn();
let other: TestServer;
beforeAll(async () => void (other = await startTestServer({ beside: ground.server })));
afterAll(() => other?.close());

const { open } = documentsOf(ground);
const heard = (watcher: Watcher, record: string) =>
  waitFor(() => watcher.events.some((event) => event.record?.id === record));

test('what one process commits reaches the pages of the other, and who is there too (fault S14)', async () => {
  const { server, cast } = ground;
  const here = await watching(server.url, cast.lead, cast.scope);
  const there = await watching(other.url, cast.observer, cast.scope);
  await heard(there, (await newRecord(cast)).id);
  await waitFor(() => [...here.present.values()].some(({ person }) => person.id === cast.observer.id));
  here.socket.close();
  there.socket.close();
});

test('a comment reaches who reads on the other process, however long it is (fault S14)', async () => {
  const { cast } = ground;
  const card = await newRecord(cast);
  const writer = await open(card.id, cast.lead);
  const reader = await open(card.id, cast.reviewer, other.url);
  say(writer, cast.lead, 'long '.repeat(1_900));
  await waitFor(() => JSON.stringify(reader.doc.getMap('threads').toJSON()).includes('long long'));
});

test('who loses every right hears nothing more on the other process, even where the word of it was lost (fault S14)', async () => {
  const { server, cast } = ground;
  const there = await watching(other.url, cast.observer, cast.scope);
  await killConnections(server.database);
  await setDuties(server.services, by({ id: cast.admin.id, name: cast.admin.name }), {
    scope: cast.scope,
    person: cast.observer.id,
    from: ['observer'],
    to: [],
  });
  await waitFor(() => !there.socket.connected);
  there.socket.close();
});

test('they hear each other again after every connection was lost (fault S14)', async () => {
  const { server, cast } = ground;
  const there = await watching(other.url, cast.reviewer, cast.scope);
  await killConnections(server.database);
  await waitFor(() =>
    newRecord(cast).then(
      ({ id }) => there.seq() > 0 && id,
      () => false,
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await heard(there, (await newRecord(cast)).id);
  there.socket.close();
});
