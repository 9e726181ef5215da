import { createServer } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { projectDocument } from '#shared/domain/record-document.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import type { Db } from '#server/db/driver/client.ts';
import { readDocument } from '#server/db/documents.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { records } from '#server/db/schema.ts';
import { documentContext, secret, type DocumentContext, type Writer } from '#test/load/document-context.ts';
import { place, type Place } from '#test/load/place.ts';
import { spawnServer, withoutPages, type SpawnedServer } from '#test/load/spawned-server.ts';
import { content } from '#test/support/documents.ts';
import { openDocument, say, tick, type, type TestReader } from '#test/support/reader.ts';
import { seeded } from '#test/support/seeded.ts';
import { waitFor } from '#test/support/wait.ts';

const kills = process.env['LONG'] ? 200 : 3;
/** After this many kills the writers continue with new records: a document has a maximum number of comments. */
const killsPerRecord = 25;
const recordsAtOnce = 3;
const recoveryMs = 30_000;
const seed = Number(process.env['SEED'] ?? 20261125);
const forgedAt = '2001-01-01T00:00:00.000Z';

/** Pages closed by the server because of their changes, immediately or after a restart. */
let refusals = 0;

const { below } = seeded(seed);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let serverPlace: Place;
let ctx: DocumentContext;
let server: SpawnedServer;
let start: () => Promise<SpawnedServer>;

beforeAll(async () => {
  serverPlace = await place(process.env['TEST_DATABASE_URL']);
  const count = Math.ceil((kills + 1) / killsPerRecord) * recordsAtOnce;
  ctx = await documentContext(serverPlace.config, { records: count, writers: 4 });
  const PORT = String(await freePort());
  start = () => spawnServer({ ...serverPlace.env, AUTH_SECRET: secret, PORT }, withoutPages);
});
afterAll(async () => {
  await server?.stop();
  await serverPlace?.clear();
});

/** One person's open page, which reopens when the server refused its changes. */
interface Page {
  writer: Writer;
  record: string;
  reader: TestReader;
  refused: boolean;
  said: Y.Text | null;
}

test(
  `after ${kills} kills of the server while people write, nothing acknowledged or seen is lost and nothing refused is stored`,
  async () => {
    let pages: Page[] = [];
    let acknowledged = 0;
    for (let kill = 0; kill < kills; kill++) {
      server = await start();
      const at = Math.floor(kill / killsPerRecord) * recordsAtOnce;
      if (kill % killsPerRecord === 0) {
        pages.forEach(({ reader }) => reader.close());
        pages = ctx.records
          .slice(at, at + recordsAtOnce)
          .flatMap((record, index) =>
            [0, 1, 2].map((n) => open(ctx.writers[(index + n) % ctx.writers.length]!, record)),
          );
      }
      await comeBack(pages);
      const before = pages.reduce((sum, { reader }) => sum + size(reader.acknowledged()), 0);
      const end = performance.now() + 50 + below(400);
      await Promise.all(pages.map((page) => write(page, end)));
      await server.kill();
      acknowledged += pages.reduce((sum, { reader }) => sum + size(reader.acknowledged()), 0) - before;
      for (const { reader } of pages) reader.provider.disconnect();
      // The embedded database cannot be opened beside the running server, and takes a while to open.
      if (serverPlace.config.kind === 'postgres' || kill === kills - 1) await look((db) => holdsTrue(db, pages, kill));
    }
    server = await start();
    await comeBack(pages);
    await server.stop();
    await look((db) => holdsTrue(db, pages, kills));
    pages.forEach(({ reader }) => reader.close());
    expect(refusals).toBeGreaterThan(0);
    expect(acknowledged).toBeGreaterThan(kills * 10);
  },
  kills * 40_000,
);

function open(writer: Writer, record: string): Page {
  const page: Page = {
    writer,
    record,
    reader: openDocument(server.url, record, writer.cookie),
    refused: false,
    said: null,
  };
  void page.reader.closed.then(() => {
    page.refused = true;
    refusals += 1;
  });
  return page;
}

/**
 * Waits until everybody has reconnected and all their changes are stored; then all readers of a document see the same.
 */
async function comeBack(pages: Page[]): Promise<void> {
  for (const [index, page] of pages.entries()) {
    if (page.refused) {
      page.reader.close();
      pages[index] = open(page.writer, page.record);
    } else page.reader.provider.connect();
  }
  // The embedded database of a killed server takes seconds to recover on a busy machine.
  await Promise.all(pages.map(({ reader }) => waitFor(() => reader.provider.synced, recoveryMs)));
  await waitFor(() => pages.every(({ reader, refused }) => refused || reader.saved()), recoveryMs);
  // A page whose forged edit was still unsent when the server died is refused only now.
  const fresh = pages.filter(({ refused }) => refused);
  if (fresh.length > 0) return comeBack(pages);
  for (const { record, reader } of pages) {
    const { reader: other } = pages.find((page) => page.record === record)!;
    await waitFor(() => isDeepStrictEqual(content(reader.doc), content(other.doc)));
  }
}

async function write(page: Page, end: number): Promise<void> {
  const items = defaultModel.checklist.map(({ id }) => id);
  const { writer } = page;
  const other = ctx.writers.find(({ id }) => id !== writer.id)!;
  while (performance.now() < end && !page.refused) {
    const { reader } = page;
    const turn = below(40);
    if (turn === 0) say(reader, other, `forged in the name of ${other.name}`);
    else if (turn === 1) forgeTick(reader, items[below(items.length)]!, writer);
    else if (turn < 5) page.said = say(reader, writer, `an honest word of ${writer.name}`);
    else if (turn < 20 && page.said) type(page.said, 'a');
    else tick(reader, items[below(items.length)]!, writer, below(10) < 6);
    // Updates that follow a forged edit before its author is refused depend on it, and are lost with it.
    await sleep(3 + below(20));
  }
}

/** With a timestamp that no honest tick has, under another person's name. */
function forgeTick({ doc }: TestReader, item: string, { id }: Writer): void {
  const by = ctx.writers.find((other) => other.id !== id)!.id;
  doc.getMap<Y.Map<unknown>>('checklist').get(item)!.set('tick', { by, at: forgedAt });
}

async function look(read: (db: Db) => Promise<void>): Promise<void> {
  const database = await openDatabase(serverPlace.config);
  try {
    await read(database.db);
  } finally {
    await database.close();
  }
}

/** Invariants of the database after a kill. */
async function holdsTrue(db: Db, pages: readonly Page[], kill: number): Promise<void> {
  const where = `seed ${seed}, kill ${kill}`;
  for (const record of new Set(pages.map((page) => page.record))) {
    // A commit may still be in flight; both reads use one snapshot.
    const [stored, row] = await db.transaction(
      async (tx) => {
        const [row] = await tx.select().from(records).where(eq(records.id, record));
        return [(await readDocument(tx, record))!, row!] as const;
      },
      { isolationLevel: 'repeatable read' },
    );
    const doc = new Y.Doc();
    Y.applyUpdate(doc, stored.state);
    expect([doc.store.pendingStructs, doc.store.pendingDs], where).toEqual([null, null]);
    const { checklist, comments, unresolvedThreads } = row;
    expect({ checklist, comments, unresolvedThreads }, where).toEqual(projectDocument(doc));
    expect(JSON.stringify(content(doc)), where).not.toMatch(/forged|2001-01-01/);
    for (const { reader } of pages.filter((page) => page.record === record)) {
      const lost = [...reader.acknowledged()].filter(([client, clock]) => Y.getState(doc.store, client) < clock);
      expect(lost, `${where}: acknowledged and not there`).toEqual([]);
      const unseen = [...Y.decodeStateVector(Y.encodeStateVector(reader.doc))].filter(
        ([client, clock]) => client !== reader.doc.clientID && Y.getState(doc.store, client) < clock,
      );
      expect(unseen, `${where}: shown to others and not there`).toEqual([]);
    }
    doc.destroy();
  }
  expect((await checkTrails(db)).breaks, where).toEqual([]);
}

const size = (vector: ReadonlyMap<number, number>) => [...vector.values()].reduce((sum, clock) => sum + clock, 0);

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    }),
  );
}
