import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Db, Tx } from './client.ts';
import { documents, documentUpdates } from './schema.ts';

/** A document as it is committed: one update that holds everything, the number of its last, and how many are unfolded. */
export interface StoredDocument {
  state: Uint8Array;
  last: number;
  rows: number;
}

/**
 * The rows come first: one that is folded into the state meanwhile is then read twice, which changes nothing. The other
 * way round it would not be read at all.
 */
export async function readDocument(tx: Db | Tx, recordId: string): Promise<StoredDocument> {
  const updates = await updatesAfter(tx, recordId, 0);
  const [stored] = await tx.select().from(documents).where(eq(documents.recordId, recordId));
  return {
    state: Y.mergeUpdates([stored!.state, ...updates.map(({ update }) => update)]),
    last: Math.max(stored!.upTo, updates.at(-1)?.number ?? 0),
    rows: updates.length,
  };
}

function updatesAfter(tx: Db | Tx, recordId: string, number: number) {
  return tx
    .select({ number: documentUpdates.number, update: documentUpdates.update })
    .from(documentUpdates)
    .where(and(eq(documentUpdates.recordId, recordId), gt(documentUpdates.number, number)))
    .orderBy(asc(documentUpdates.number));
}

/** Appends updates of one person to a document and gives them its next numbers; answers the last of them. */
export async function appendUpdates(
  tx: Tx,
  recordId: string,
  personId: string,
  updates: readonly Uint8Array[],
  at: Date,
): Promise<number> {
  const [head] = await tx
    .update(documents)
    .set({ last: sql`${documents.last} + ${updates.length}` })
    .where(eq(documents.recordId, recordId))
    .returning({ last: documents.last });
  const first = head!.last - updates.length + 1;
  await tx
    .insert(documentUpdates)
    .values(updates.map((update, index) => ({ recordId, number: first + index, personId, update, at })));
  return head!.last;
}

/**
 * Folds the updates into the stored state and tells its size in bytes. What was written over does not stay. The record
 * has to be locked: an append must not come in between.
 */
export async function foldUpdates(tx: Tx, recordId: string): Promise<number> {
  const updates = await updatesAfter(tx, recordId, 0);
  const [stored] = await tx.select().from(documents).where(eq(documents.recordId, recordId));
  const doc = new Y.Doc();
  for (const update of [stored!.state, ...updates.map(({ update }) => update)]) Y.applyUpdate(doc, update);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  const upTo = updates.at(-1)?.number;
  if (upTo !== undefined) {
    await tx.update(documents).set({ state, upTo }).where(eq(documents.recordId, recordId));
    await tx
      .delete(documentUpdates)
      .where(and(eq(documentUpdates.recordId, recordId), lte(documentUpdates.number, upTo)));
  }
  return state.byteLength;
}
