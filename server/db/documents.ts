import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import type { Db, Tx } from './driver/client.ts';
import { documentClients, documents, documentUpdates, members, records, scopeDuties } from './schema.ts';
import { oneOf, statement } from './driver/statement.ts';

/** A document as committed. */
export interface StoredDocument {
  /** The folded state, then the remaining updates. Applying them one by one costs less than merging them first. */
  updates: readonly Uint8Array[];
  /** All updates as one, merged on access. */
  readonly state: Uint8Array;
  /** The number of the newest update, and the number of updates that are not folded yet. */
  last: number;
  rows: number;
  /** The owner of each Yjs client id. */
  owners: Map<number, string>;
}

/**
 * Returns null if the record does not exist. Reads the update rows before the state: an update that is folded in
 * between is then read twice, which is harmless. In the reverse order it would be missed.
 */
export async function readDocument(tx: Db | Tx, recordId: string): Promise<StoredDocument | null> {
  const updates = await updatesAfter(tx, recordId, 0);
  const [[stored], clients] = await Promise.all([
    tx.select().from(documents).where(eq(documents.recordId, recordId)),
    tx.select().from(documentClients).where(eq(documentClients.recordId, recordId)),
  ]);
  if (!stored) return null;
  const all = [stored.state, ...updates.map(({ update }) => update)];
  return {
    updates: all,
    get state() {
      return Y.mergeUpdates(all);
    },
    last: Math.max(stored.upTo, updates.at(-1)?.number ?? 0),
    rows: updates.length,
    owners: new Map(clients.map(({ client, personId }) => [client, personId])),
  };
}

function updatesAfter(tx: Db | Tx, recordId: string, number: number) {
  return tx
    .select({ number: documentUpdates.number, update: documentUpdates.update })
    .from(documentUpdates)
    .where(and(eq(documentUpdates.recordId, recordId), gt(documentUpdates.number, number)))
    .orderBy(asc(documentUpdates.number));
}

/** The number of the newest update of each document. */
export async function newestNumbers(db: Db, recordIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ record: documents.recordId, last: documents.last })
    .from(documents)
    .where(inArray(documents.recordId, [...recordIds]));
  return new Map(rows.map(({ record, last }) => [record, last]));
}

/**
 * A document that is locked until the transaction ends, with the columns of its record that are needed to judge an
 * edit.
 */
export interface LockedDocument {
  record: string;
  last: number;
  scope: string;
  stage: StageKey;
  reference: string;
}

/** Locks documents until the transaction ends. Skips documents that others have locked, unless `wait` is set. */
export function lockDocuments(tx: Tx, recordIds: readonly string[], wait: boolean): Promise<LockedDocument[]> {
  return (wait ? lockedWaiting : lockedIfFree)(tx, { ids: JSON.stringify(recordIds) });
}

const selectForUpdate = (db: Db | Tx) =>
  db
    .select({
      record: documents.recordId,
      last: documents.last,
      scope: records.scopeId,
      stage: records.stage,
      reference: records.reference,
    })
    .from(documents)
    .innerJoin(records, eq(records.id, documents.recordId))
    .where(oneOf(documents.recordId))
    .orderBy(asc(documents.recordId));
const lockedWaiting = statement((db) => selectForUpdate(db).for('update', { of: documents }));
const lockedIfFree = statement((db) => selectForUpdate(db).for('update', { of: documents, skipLocked: true }));

/**
 * People with their duties in the scopes of records, by `<record> <person>`. Omits people who may not see the record.
 */
export async function actorsOn(
  tx: Db | Tx,
  pairs: readonly { record: string; person: string }[],
): Promise<Map<string, Actor>> {
  const rows = await actorsFound(tx, { pairs: JSON.stringify(pairs) });
  return new Map(
    rows
      .filter(({ admin, duties }) => admin || duties.length > 0)
      .map(({ record, person, admin, duties }) => [`${record} ${person}`, { id: person, admin, duties }]),
  );
}

const actorsFound = statement((db) =>
  db
    .select({
      record: sql<string>`found.record`,
      person: sql<string>`found.person`,
      admin: sql<boolean>`found.admin`,
      duties: sql<Duty[]>`found.duties`,
    })
    .from(
      sql`(select wanted.record, wanted.person, members.admin, array(select duty from ${scopeDuties} as duties
          where duties.scope_id = records.scope_id and duties.person_id = wanted.person) as duties
        from jsonb_to_recordset(${sql.placeholder('pairs')}::text::jsonb) as wanted(record uuid, person uuid)
        join ${records} as records on records.id = wanted.record
        join ${members} as members
          on members.organisation_id = records.organisation_id and members.person_id = wanted.person) as found`,
    ),
);

export interface NewUpdate {
  recordId: string;
  number: number;
  update: Uint8Array;
  personId: string;
  at: Date;
}

/**
 * Appends updates and stores the owners of the Yjs client ids that are new in them. The caller must have locked the
 * documents and numbered the updates.
 */
export async function appendUpdates(
  tx: Tx,
  updates: readonly NewUpdate[],
  claims: readonly (typeof documentClients.$inferInsert)[],
): Promise<void> {
  if (updates.length === 0) return;
  const newest = new Map(updates.map(({ recordId, number }) => [recordId, number]));
  const heads = [...newest].map(([record, last]) => ({ record, last }));
  const rows = updates.map(({ update, ...row }) => ({ ...row, update: Buffer.from(update).toString('base64') }));
  await Promise.all([
    appended(tx, { rows: JSON.stringify(rows) }),
    headsMoved(tx, { heads: JSON.stringify(heads) }),
    claims.length > 0 && claimed(tx, { claims: JSON.stringify(claims) }),
  ]);
}

// The query texts do not depend on the number of rows, so each is planned once.
const appended = statement((db) =>
  db.insert(documentUpdates).select(
    sql`select "recordId", number, decode("update", 'base64'), "personId", at
      from jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb)
        as new("recordId" uuid, number integer, "update" text, "personId" uuid, at timestamptz)`,
  ),
);
const headsMoved = statement((db) =>
  db
    .update(documents)
    .set({ last: sql`head.last` })
    .from(sql`jsonb_to_recordset(${sql.placeholder('heads')}::text::jsonb) as head(record uuid, last integer)`)
    .where(eq(documents.recordId, sql`head.record`)),
);
const claimed = statement((db) =>
  db.insert(documentClients).select(
    sql`select "recordId", client, "personId"
      from jsonb_to_recordset(${sql.placeholder('claims')}::text::jsonb) as new("recordId" uuid, client bigint, "personId" uuid)`,
  ),
);

/** Folds the updates into the stored state and returns its size in bytes. Overwritten content is dropped. */
export async function foldUpdates(tx: Tx, recordId: string): Promise<number> {
  // Locked until the commit, so that no update is appended in between.
  const [stored] = await tx.select().from(documents).where(eq(documents.recordId, recordId)).for('update');
  const updates = await updatesAfter(tx, recordId, 0);
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
