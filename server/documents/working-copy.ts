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

/** A document in memory, with what is known of how it is stored. */
export interface Copy {
  doc: Y.Doc;
  /** The number of the newest update in it, once it is committed. */
  last: number;
  rows: number;
  bytes: number;
  /** At most so many bytes name what was erased in it; Infinity: not counted yet. */
  erased: number;
  owners: Map<number, string>;
  /** What gates and cards read of it; null: to be read from it. */
  projection: DocumentProjection | null;
}

export type UpdatePart = DocumentPart;

type Applied =
  | { state: 'unchanged' }
  | { state: 'changed'; part: UpdatePart }
  /** The copy holds some of it, and has to be thrown away. */
  | { state: 'refused'; finding: Finding; mayBeBehind: boolean };

export function copyOf({ updates, last, rows, owners }: Omit<StoredDocument, 'state'>): Copy {
  const doc = new Y.Doc();
  // Both roots are maps from the start; an update that says otherwise cannot make them anything else.
  doc.getMap('checklist');
  doc.getMap('threads');
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { doc, last, rows, bytes, erased: Infinity, owners, projection: null };
}

/**
 * Applies what one person sent, update by update past the gate, and tells what it changed in the words of the policy.
 * `whoIs`: whose page a Yjs client id is that nobody has written under yet; others may not be the first to.
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
    // One after the other, should a document have something to add of its own.
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
        // Whoever is new in this transaction is new by this person.
        const ownerOf = (client: number) =>
          copy.owners.get(client) ??
          (!transaction.beforeState.has(client) && doc.store.clients.has(client) ? person.id : whoIs(client));
        refused = validateUpdate(update, doc, person.id, ownerOf);
        if (refused) return;
        Y.applyUpdate(doc, update);
      }
    });
  } catch {
    // Whatever a document throws at content it was not made for is the content's fault.
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
  // What breaks the shape cannot be projected; whoever judges it finds the same.
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
  // The sum counts what was written over; the document does not hold it any more.
  copy.bytes = Y.encodeStateAsUpdate(copy.doc).byteLength;
  return copy.bytes > documentLimits.documentBytes ? full : { state: 'changed', part };
}

/** A range takes a client, a clock and a length at the most. */
const rangeBytes = 20;

function isWornOut(copy: Copy, { update }: UpdatePart): boolean {
  const { clients } = Y.decodeUpdate(update).ds;
  if (clients.size === 0) return false;
  for (const ranges of clients.values()) copy.erased += ranges.length * rangeBytes;
  if (copy.erased > documentLimits.erasedBytes) copy.erased = erasedSize(copy.doc);
  return copy.erased > documentLimits.erasedBytes;
}
