import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { acknowledgeMessage, closeCodes, readRefusalReason } from '#shared/contract/document.ts';
import { projectDocument } from '#shared/domain/record-document.ts';
import { readDocument } from '#server/db/documents.ts';
import { documentClients, documents, documentUpdates, records } from '#server/db/schema.ts';
import { updateFrame } from '#server/documents/frames.ts';
import { oracle } from '#test/support/document-oracle.ts';
import { content, documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { madeUp, type Scene } from '#test/support/hostile-updates.ts';
import { rawSocket, type RawSocket } from '#test/support/raw-socket.ts';
import { newRecord } from '#test/support/records.ts';
import { seeded } from '#test/support/seeded.ts';
import { waitFor } from '#test/support/wait.ts';

const updates = process.env['LONG'] ? 1_000 : 80;
const seed = Number(process.env['SEED'] ?? 4);

/** The server counts refusals per minute; here a minute ends after a few of them. */
let ahead = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + ahead) });
const { open } = documentsOf(ctx);

test(`${updates} updates through sockets: refused ones leave every row unchanged`, { timeout: 600_000 }, async () => {
  const { users, server } = ctx;
  const { id, stage } = await newRecord(users);
  const random = seeded(seed);
  const roles = ['dataOwner', 'reviewer', 'lead', 'observer'] as const;
  const people: Scene['people'] = roles.map((duty, n) => ({
    id: users[duty].id,
    admin: false,
    duties: [duty],
    clients: [70_000 - n, 50_000 + n],
  }));
  const sent: Uint8Array[] = [];
  const sockets = new Map<string, RawSocket>();
  const witness = await open(id, users.signatory);
  const tally = { allow: 0, refuse: 0, nothing: 0 };

  for (let n = 0; n < updates; n++) {
    if (n % 50 === 49) ahead += 60_000;
    const before = await rowsOf(id);
    const { state, owners } = (await readDocument(server.db, id))!;
    const now = server.services.now();
    const one = madeUp({ state, people, now, sent }, random);
    const wanted = oracle(one.update, { state, owners, by: one.by, stage, now });

    const client = Object.values(users).find((other) => (other as { id?: string }).id === one.by.id);
    const socket = sockets.get(one.by.id) ?? (await rawSocket(server.url, id, client));
    sockets.set(one.by.id, socket);
    const seen = socket.frames.length;
    const acknowledged = waitFor(() => socket.frames.slice(seen).some(([type]) => type === acknowledgeMessage));
    socket.send(updateFrame(one.update));
    const ended = await Promise.race([acknowledged, socket.closed]);

    const after = await rowsOf(id);
    const decided = ended ? 'refuse' : after === before ? 'nothing' : 'allow';
    tally[decided] += 1;
    if (ended) {
      sockets.delete(one.by.id);
      expect([closeCodes.notAllowed, closeCodes.malformed, closeCodes.tooLarge]).toContain(ended.code);
      expect(readRefusalReason(ended.reason)!.rule).toMatch(/^D\d\d$/);
      expect(after).toBe(before);
    } else sent.push(one.update);
    expect(
      wanted === 'nothing' || decided === wanted,
      `update ${n}, ${one.kind}: ${decided} instead of ${wanted}`,
    ).toBe(true);
    if (decided !== 'allow') continue;
    const stored = docOf((await readDocument(server.db, id))!.state);
    expect([stored.store.pendingStructs, stored.store.pendingDs]).toEqual([null, null]);
    const [row] = await server.db.select().from(records).where(eq(records.id, id));
    expect(row).toMatchObject(projectDocument(stored));
  }

  expect(tally.allow).toBeGreaterThan(updates / 20);
  expect(tally.refuse).toBeGreaterThan(updates / 4);
  const stored = docOf((await readDocument(server.db, id))!.state);
  await waitFor(() => isDeepStrictEqual(content(witness.doc), content(stored)));
  expect(Y.encodeStateVector(witness.doc)).toEqual(Y.encodeStateVector(stored));
  for (const { socket } of sockets.values()) socket.close();
});

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** Everything stored of a document, byte for byte. */
async function rowsOf(record: string): Promise<string> {
  const { db } = ctx.server;
  const rows = await Promise.all([
    db.select().from(documents).where(eq(documents.recordId, record)),
    db.select().from(documentUpdates).where(eq(documentUpdates.recordId, record)).orderBy(documentUpdates.number),
    db.select().from(documentClients).where(eq(documentClients.recordId, record)).orderBy(documentClients.client),
    db.select().from(records).where(eq(records.id, record)),
  ]);
  return JSON.stringify(rows);
}
