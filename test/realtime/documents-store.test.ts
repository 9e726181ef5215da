import { eq, sql } from 'drizzle-orm';
import * as Y from 'yjs';
import { describe, expect, test, vi } from 'vitest';
import { writeDocument } from '#server/documents/write-document.ts';
import { foldUpdates } from '#server/db/documents.ts';
import { documentUpdates } from '#server/db/schema.ts';
import { content, documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { lockRecordInTest } from '#test/support/lock-record.ts';
import { say, tick, type } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { open, stored } = documentsOf(ctx);

describe('storing', () => {
  test('happens before relaying, acknowledging and answering', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [writer, reader] = [await open(id, dataOwner), await open(id, reviewer)];
    const release = await lockRecordInTest(ctx, id);
    tick(writer, 'source', dataOwner);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const asking = new Y.Doc();
    const answers: unknown[] = [];
    reader.doc.on('update', (update) => answers.push(update));
    const ask = Y.encodeStateVector(asking);
    reader.provider.ws!.send(Uint8Array.from([0, 0, ask.length, ...ask]));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([writer.saved(), tickIn(reader.doc, 'source'), answers]).toEqual([false, null, []]);
    await release();
    await waitFor(() => writer.saved() && tickIn(reader.doc, 'source'));
  });

  test('that fails disconnects everybody; after reconnecting nothing they wrote is lost or partial', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [writer, reader] = [await open(id, dataOwner), await open(id, reviewer)];
    await ctx.server.db.execute(sql`alter table document_updates rename to document_updates_away`);
    const away = Promise.all([writer, reader].map(({ provider }) => waitFor(() => !provider.synced)));
    try {
      tick(writer, 'source', dataOwner);
      await away;
      expect([writer.saved(), tickIn(reader.doc, 'source')]).toEqual([false, null]);
    } finally {
      await ctx.server.db.execute(sql`alter table document_updates_away rename to document_updates`);
    }
    await waitFor(() => writer.saved() && tickIn(reader.doc, 'source'));
    expect(tickIn(await stored(id), 'source')).toMatchObject({ by: dataOwner.id });
  });

  test('combines updates that wait during a commit into one commit', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const writer = await open(id, dataOwner);
    const body = say(writer, dataOwner, '');
    await waitFor(() => writer.saved());
    const release = await lockRecordInTest(ctx, id);
    for (let n = 0; n < 50; n++) type(body, `${n % 10}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await release();
    await waitFor(() => writer.saved());
    const rows = await ctx.server.db.select().from(documentUpdates).where(eq(documentUpdates.recordId, id));
    expect(rows.length).toBeLessThan(5);
  });
});

test('a slow store gets one commit at a time, however many edits arrive meanwhile', async () => {
  const { dataOwner } = ctx.users;
  const { db } = ctx.server;
  const { id } = await newRecord(ctx.users);
  const writer = await open(id, dataOwner);
  const body = say(writer, dataOwner, '');
  await waitFor(() => writer.saved());
  const commit = db.transaction.bind(db);
  const slow = vi.spyOn(db, 'transaction').mockImplementation(async (...run: Parameters<typeof commit>) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return commit(...run);
  });
  const start = performance.now();
  try {
    for (let n = 0; n < 150; n++) {
      type(body, `${n % 10}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await waitFor(() => writer.saved());
    expect(slow.mock.calls.length).toBeLessThanOrEqual((performance.now() - start) / 300 + 1);
    expect(slow.mock.calls.length).toBeGreaterThan(2);
  } finally {
    slow.mockRestore();
  }
  expect(content(await stored(id))).toEqual(content(writer.doc));
});

describe('folding', () => {
  test('happens automatically, keeps every character and delays nobody', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const writer = await open(id, dataOwner);
    const body = say(writer, dataOwner, '');
    for (let n = 0; n < 230; n++) {
      type(body, `${n % 10}`);
      await waitFor(() => writer.saved());
    }
    const rows = await ctx.server.db.select().from(documentUpdates).where(eq(documentUpdates.recordId, id));
    expect(rows.length).toBeLessThan(100);
    expect((await stored(id)).getMap('threads').toJSON()).toEqual(writer.doc.getMap('threads').toJSON());
  });

  test('loses nothing while others append and read', async () => {
    const { services, db } = ctx.server;
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const length = 60;
    let appended = 0;
    const person = { id: dataOwner.id, name: dataOwner.name };

    async function append() {
      for (; appended < length; appended++) {
        await writeDocument(services, person, id, (doc) => void say({ doc }, dataOwner, `${appended}`));
      }
    }
    async function fold() {
      while (appended < length) {
        await db.transaction(async (tx) => {
          await foldUpdates(tx, id);
        });
      }
    }
    async function read() {
      while (appended < length) {
        const known = appended;
        const seen = await stored(id);
        expect(seen.store.pendingStructs).toBeNull();
        expect(seen.getMap('threads').size).toBeGreaterThanOrEqual(known);
      }
    }
    await Promise.all([append(), fold(), read(), read()]);
    expect((await stored(id)).getMap('threads').size).toBe(length);
  });
});
