import * as Y from 'yjs';
import { documentLimits } from '#shared/contract/document.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';
import { documentFull, notAnUpdate, type DocumentChange } from '#shared/domain/document-policy.ts';
import { projectChecklist, projectThreads, type DocumentProjection } from '#shared/domain/record-document.ts';
import type { DocumentPart } from '#server/commands/documents/save.ts';
import type { StoredDocument } from '#server/db/documents.ts';
import { changesIn } from './changes.ts';
import { validateUpdate, erasedSize, type UpdateRejection, type OwnerOf } from './validate-update.ts';

/** A document in memory, with the state of its storage. */
export interface Copy {
  doc: Y.Doc;
  /** The number of the newest committed update in it. */
  last: number;
  rows: number;
  bytes: number;
  /** Upper bound of the size of its delete set in bytes; Infinity: not counted yet. */
  erased: number;
  owners: Map<number, string>;
  /** The values that gates and cards use; null: not computed yet. */
  projection: DocumentProjection | null;
}

export type UpdatePart = DocumentPart;

type Applied =
  | { state: 'unchanged' }
  | { state: 'changed'; part: UpdatePart }
  /** The copy may contain part of the refused update, so it must be discarded. */
  | { state: 'refused'; finding: Finding; mayBeBehind: boolean };

export function copyOf({ updates, last, rows, owners }: Omit<StoredDocument, 'state'>): Copy {
  const doc = new Y.Doc();
  // Defines both roots as maps, so that no update can turn them into another type.
  doc.getMap('checklist');
  doc.getMap('threads');
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { doc, last, rows, bytes, erased: Infinity, owners, projection: null };
}

/**
 * Validates and applies the updates of one person, and returns the changes in the form that the document policy judges.
 * `whoIs`: the person who is present with a Yjs client id that nobody has written with yet; nobody else may write with
 * it.
 */
export function applyPart(
  copy: Copy,
  person: Person,
  updates: readonly Uint8Array[],
  whoIs: OwnerOf = () => undefined,
): Applied {
  const { doc } = copy;
  let refused: UpdateRejection = null;
  const changes: DocumentChange[] = [];
  const emitted: Uint8Array[] = [];
  const collect = (update: Uint8Array) => void emitted.push(update);
  const claims: number[] = [];
  const observe = (transaction: Y.Transaction) => {
    if (refused) return;
    // Accumulates, in case the document triggers further transactions.
    if (transaction.afterState.size > transaction.beforeState.size) {
      for (const client of transaction.afterState.keys()) if (!transaction.beforeState.has(client)) claims.push(client);
    }
    changes.push(...changesIn(transaction));
  };
  doc.on('update', collect);
  doc.on('afterTransaction', observe);
  try {
    doc.transact((transaction) => {
      for (const update of updates) {
        // Client ids that are new in this transaction belong to this person.
        const ownerOf = (client: number) =>
          copy.owners.get(client) ??
          (!transaction.beforeState.has(client) && doc.store.clients.has(client) ? person.id : whoIs(client));
        refused = validateUpdate(update, doc, person.id, ownerOf);
        if (refused) return;
        Y.applyUpdate(doc, update);
      }
    });
  } catch {
    // Yjs throws on content that it does not expect, so the update is at fault.
    return { state: 'refused', finding: notAnUpdate, mayBeBehind: false };
  } finally {
    doc.off('update', collect);
    doc.off('afterTransaction', observe);
  }
  if (refused) return { state: 'refused', ...(refused as NonNullable<UpdateRejection>) };
  if (doc.store.pendingStructs || doc.store.pendingDs)
    return { state: 'refused', finding: notAnUpdate, mayBeBehind: false };
  if (emitted.length === 0) return { state: 'unchanged' };
  const update = emitted.length > 1 ? Y.mergeUpdates(emitted) : emitted[0]!;
  for (const client of claims) copy.owners.set(client, person.id);
  const part = { person, update, changes, claims, projection: null };
  // A change that breaks the structure cannot be projected; the policy refuses it.
  if (changes.some(({ kind }) => kind === 'structure') || !changes.some(isProjected)) return within(copy, part);
  try {
    const ticks = changes.filter(({ kind }) => kind === 'tick').length;
    const { projection: before } = copy;
    copy.projection = {
      checklist: before && ticks === 0 ? before.checklist : projectChecklist(doc),
      ...(before && ticks === changes.length ? threadsOf(before) : projectThreads(doc)),
    };
    return within(copy, { ...part, projection: copy.projection });
  } catch {
    return { state: 'refused', finding: notAnUpdate, mayBeBehind: false };
  }
}

const threadsOf = ({ comments, unresolvedThreads }: DocumentProjection) => ({ comments, unresolvedThreads });

const isProjected = (change: DocumentChange): boolean =>
  change.kind !== 'commentChanged' || Object.hasOwn(change.values, 'removedAt');

function within(copy: Copy, part: UpdatePart): Applied {
  const full: Applied = { state: 'refused', finding: documentFull, mayBeBehind: false };
  if ((part.projection?.comments ?? 0) > documentLimits.comments || isWornOut(copy, part)) return full;
  if (copy.bytes + part.update.byteLength <= documentLimits.documentBytes) return { state: 'changed', part };
  // The sum includes overwritten content, which the document no longer contains.
  copy.bytes = Y.encodeStateAsUpdate(copy.doc).byteLength;
  return copy.bytes > documentLimits.documentBytes ? full : { state: 'changed', part };
}

/** Maximum size of a delete range: a client, a clock and a length. */
const rangeBytes = 20;

function isWornOut(copy: Copy, { update }: UpdatePart): boolean {
  const { clients } = Y.decodeUpdate(update).ds;
  if (clients.size === 0) return false;
  for (const ranges of clients.values()) copy.erased += ranges.length * rangeBytes;
  if (copy.erased > documentLimits.erasedBytes) copy.erased = erasedSize(copy.doc);
  return copy.erased > documentLimits.erasedBytes;
}
