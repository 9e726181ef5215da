import { sql } from 'drizzle-orm';
import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { readConfig } from '#server/app/config.ts';
import { updateFrame } from '#server/documents/frames.ts';
import { startServer } from '#server/app/start-server.ts';
import { content, documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { rawSocket } from '#test/support/raw-socket.ts';
import { say, tick } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

/**
 * One test for each kind of failure known from other collaboration servers. Other files test the rest of the list:
 * `synced` before the document is loaded (documents), a slow store that coalesces many edits, an edit during folding
 * (documents-store), endless garbage (server/documents/fuzz), malformed frames (documents-hostile). There is no lock
 * whose loss could block storing: the writer holds the row lock.
 */
const ctx = useTestServer();
const { open, stored, closeAll } = documentsOf(ctx);
const long = Boolean(process.env['LONG']);

async function anotherServer() {
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1:0',
    AUTH_SECRET: ctx.server.services.secret,
  });
  return startServer({ config, database: { ...ctx.server.database, close: async () => undefined } });
}

test('after a failed store, a crash and a restart, acknowledged changes are present and others are not', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const writer = await open(id, dataOwner);
  tick(writer, 'build', dataOwner);
  await waitFor(() => writer.saved());
  const acknowledged = content(await stored(id));
  await ctx.server.db.execute(sql`alter table document_updates rename to document_updates_away`);
  try {
    tick(writer, 'source', dataOwner);
    await waitFor(() => !writer.provider.synced);
    expect(writer.saved()).toBe(false);
    // The writer's machine is lost too.
    writer.close();
  } finally {
    await ctx.server.db.execute(sql`alter table document_updates_away rename to document_updates`);
  }
  const restarted = await anotherServer();
  try {
    const reader = await open(id, reviewer, restarted.url);
    expect(content(reader.doc)).toEqual(acknowledged);
    tick(reader, 'approval', reviewer);
    await waitFor(() => reader.saved());
    expect(content(await stored(id))).toEqual(content(reader.doc));
    closeAll();
  } finally {
    await restarted.close();
  }
});

test('a document is never recreated: reopening it after everybody left, and after a restart, duplicates nothing', async () => {
  const { dataOwner } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const writer = await open(id, dataOwner);
  tick(writer, 'source', dataOwner);
  say(writer, dataOwner, 'Once.');
  await waitFor(() => writer.saved());
  const [before, vector] = [content(writer.doc), Y.encodeStateVector(writer.doc)];
  writer.provider.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 100));
  writer.provider.connect();
  await waitFor(() => writer.provider.synced);
  expect([content(writer.doc), Y.encodeStateVector(writer.doc)]).toEqual([before, vector]);
  const restarted = await anotherServer();
  try {
    const fresh = await open(id, dataOwner, restarted.url);
    Y.applyUpdate(fresh.doc, Y.encodeStateAsUpdate(writer.doc));
    expect([content(fresh.doc), Y.encodeStateVector(fresh.doc)]).toEqual([before, vector]);
    fresh.close();
  } finally {
    await restarted.close();
  }
});

test('opening a document while its last reader leaves joins the same document as later readers', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  for (let n = 0; n < 10; n++) {
    const last = await open(id, dataOwner);
    last.close();
    const [one, two] = await Promise.all([open(id, dataOwner), open(id, reviewer)]);
    const on = n % 2 === 0;
    tick(one, 'source', dataOwner, on);
    await waitFor(() => (tickIn(two.doc, 'source') !== null) === on);
    closeAll();
  }
});

test('a later value that arrives without its predecessor keeps the present value', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const witness = await open(id, reviewer);
  const writer = await open(id, dataOwner);
  tick(writer, 'source', dataOwner);
  await waitFor(() => writer.saved() && tickIn(witness.doc, 'source'));
  writer.close();
  const page = await stored(id);
  page.getMap<Y.Map<unknown>>('checklist').get('source')!.set('tick', null);
  const first = Y.encodeStateVector(page);
  const value = { by: dataOwner.id, at: '2026-01-01T00:00:00.000Z' };
  page.getMap<Y.Map<unknown>>('checklist').get('source')!.set('tick', value);
  const socket = await rawSocket(ctx.server.url, id, dataOwner);
  socket.send(updateFrame(Y.encodeStateAsUpdate(page, first)));
  expect((await socket.closed).code).toBe(closeCodes.malformed);
  for (const doc of [witness.doc, await stored(id)]) expect(tickIn(doc, 'source')).not.toBeNull();
  expect((await stored(id)).store.pendingStructs).toBeNull();
});

test('a client that changes its Yjs id in the session continues, under both ids', async () => {
  const { dataOwner, reviewer } = ctx.users;
  const { id } = await newRecord(ctx.users);
  const [writer, witness] = [await open(id, dataOwner), await open(id, reviewer)];
  tick(writer, 'source', dataOwner);
  await waitFor(() => writer.saved());
  const first = writer.doc.clientID;
  for (const client of [7, 4_000_000_000, first]) {
    writer.doc.clientID = client;
    const words = `Under ${client}.`;
    say(writer, dataOwner, words);
    await waitFor(() => writer.saved() && JSON.stringify(content(witness.doc)).includes(words));
  }
  tick(writer, 'source', dataOwner, false);
  await waitFor(() => writer.saved() && tickIn(witness.doc, 'source') === null);
});

describe('offline changes of two pages of one person', () => {
  test.each([
    [100, 200],
    [200, 100],
  ])('are accepted in one update, under the ids %i and then %i', async (one, two) => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const page = await stored(id);
    page.clientID = one;
    say({ doc: page }, dataOwner, 'On the train.');
    page.clientID = two;
    const [thread] = [...page.getMap<Y.Map<unknown>>('threads').values()];
    thread!.set('resolved', { by: dataOwner.id, at: new Date().toISOString() });
    const back = await open(id, dataOwner);
    Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(page), 'the browser’s own store');
    await waitFor(async () => (await stored(id)).getMap('threads').size === 1);
    expect(content(await stored(id))).toEqual(content(back.doc));
  });
});

test(
  `${long ? 10_000 : 300} refused connections leave no socket, timer or document behind`,
  { timeout: 600_000 },
  async () => {
    const { users, server } = ctx;
    const { id } = await newRecord(users);
    const nowhere = '0199aaaa-0000-7000-8000-000000000000';
    const refused = [
      () => rawSocket(server.url, id, { cookie: '' }),
      () => rawSocket(server.url, nowhere, users.lead),
      () => rawSocket(server.url, id, users.elsewhere.admin),
      async () => {
        const socket = await rawSocket(server.url, id, users.signatory);
        socket.send(Uint8Array.from([9, 9, 9]));
        return socket;
      },
    ];
    const round = (size: number) =>
      Promise.all(
        Array.from({ length: size }, async (_, n) => (await (await refused[n % refused.length]!()).closed).code),
      );
    const resources = () => process.getActiveResourcesInfo().length;
    await round(20);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = resources();
    const codes = new Set<number>();
    for (let left = long ? 10_000 : 300; left > 0; left -= 20) for (const code of await round(20)) codes.add(code);
    expect([...codes].sort()).toEqual(
      [closeCodes.signedOut, closeCodes.gone, closeCodes.malformed, ...(long ? [closeCodes.slowDown] : [])].sort(),
    );
    await waitFor(() => resources() <= before + 3);
    await open(id, users.reviewer);
  },
);
