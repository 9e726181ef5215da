import { and, asc, eq, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Db, Tx } from './client.ts';
import { documents, documentUpdates } from './schema.ts';

/** A document as it is committed: one update that holds everything, and how many rows of updates are in it. */
export interface StoredDocument {
  state: Uint8Array;
  rows: number;
}

/**
 * The rows come first: one that is folded into the state meanwhile is then read twice, which changes nothing. The other
 * way round it would not be read at all.
 */
export async function readDocument(tx: Db | Tx, recordId: string): Promise<StoredDocument> {
  const updates = await updatesOf(tx, recordId);
  const [stored] = await tx.select().from(documents).where(eq(documents.recordId, recordId));
  return { state: Y.mergeUpdates([stored!.state, ...updates.map(({ update }) => update)]), rows: updates.length };
}

function updatesOf(tx: Db | Tx, recordId: string) {
  return tx
    .select({ id: documentUpdates.id, update: documentUpdates.update })
    .from(documentUpdates)
    .where(eq(documentUpdates.recordId, recordId))
    .orderBy(asc(documentUpdates.id));
}

/** Appends updates of a document whose record is locked, so that row numbers are in the order of the commits. */
export async function appendUpdates(
  tx: Tx,
  recordId: string,
  personId: string,
  updates: readonly Uint8Array[],
  at: Date,
): Promise<void> {
  await tx.insert(documentUpdates).values(updates.map((update) => ({ recordId, personId, update, at })));
}

/**
 * Folds the updates into the stored state and tells its size in bytes. What was written over does not stay. The record
 * has to be locked: an append must not come in between.
 */
export async function foldUpdates(tx: Tx, recordId: string): Promise<number> {
  const updates = await updatesOf(tx, recordId);
  const [stored] = await tx.select().from(documents).where(eq(documents.recordId, recordId));
  const doc = new Y.Doc();
  for (const update of [stored!.state, ...updates.map(({ update }) => update)]) Y.applyUpdate(doc, update);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  const upTo = updates.at(-1)?.id;
  if (upTo !== undefined) {
    await tx.update(documents).set({ state, upTo }).where(eq(documents.recordId, recordId));
    await tx.delete(documentUpdates).where(and(eq(documentUpdates.recordId, recordId), lte(documentUpdates.id, upTo)));
  }
  return state.byteLength;
}
