import * as Y from 'yjs';
import type { Finding } from '#shared/contract/finding.ts';
import { documentLimits } from '#shared/contract/document.ts';
import { documentFull, foreignClient, notAnUpdate } from '#shared/domain/document-policy.ts';

/** Why an update is rejected. `mayBeBehind`: possibly only because this copy lacks an update of another process. */
export type UpdateRejection = { finding: Finding; mayBeBehind: boolean } | null;

const rejected = (finding: Finding): UpdateRejection => ({ finding, mayBeBehind: false });
const missingDependencies: UpdateRejection = { finding: notAnUpdate, mayBeBehind: true };

/** Returns the owner of a Yjs client id; undefined: it has no owner yet. */
export type OwnerOf = (client: number) => string | undefined;

const roots = new Set(['checklist', 'threads']);
/** The content types that comments and ticks consist of. Excludes formatting, embedded objects and subdocuments. */
const contents: readonly (abstract new (...args: never[]) => object)[] = [
  Y.ContentAny,
  Y.ContentString,
  Y.ContentType,
  Y.ContentDeleted,
];
const types: readonly unknown[] = [Y.Map, Y.Array, Y.Text];

/**
 * Validates an update before it is applied. All new structs must be written by `person`, depend only on content of the
 * document, and consist of the content types of a record's document. Skips structs that the document already contains.
 * Decoding first is important: applying a few hostile bytes can cost a fifth of a second and hundreds of megabytes.
 * Returns null if the update is valid.
 */
export function validateUpdate(update: Uint8Array, doc: Y.Doc, person: string, ownerOf: OwnerOf): UpdateRejection {
  if (update.byteLength > documentLimits.updateBytes + erasedBytes(doc, update)) return rejected(documentFull);
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return rejected(notAnUpdate);
  }
  if (decoded.structs.length > documentLimits.updateStructs) return rejected(documentFull);
  const clocks = new Map<number, number>();
  const clockOf = (client: number) => clocks.get(client) ?? Y.getState(doc.store, client);
  const fresh: (typeof decoded.structs)[number][] = [];
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id;
    const clockBefore = clockOf(client);
    // An empty struct would replace the existing one and would not show up as a change.
    if (struct.length < 1) return rejected(notAnUpdate);
    if (clock + struct.length <= clockBefore) continue;
    if (clock > clockBefore) return missingDependencies;
    const owner = ownerOf(client);
    if (owner !== person && (owner !== undefined || Y.getState(doc.store, client) > 0)) {
      return { finding: foreignClient, mayBeBehind: owner !== undefined };
    }
    clocks.set(client, clock + struct.length);
    fresh.push(struct);
  }
  // Only after all clocks are set: the structs of two pages of a person may depend on each other, in either order.
  for (const struct of fresh) {
    const answer = validateStruct(struct, clockOf);
    if (answer) return answer;
  }
  for (const [client, ranges] of decoded.ds.clients) {
    for (const { clock, len } of ranges) if (clock + len > clockOf(client)) return missingDependencies;
  }
  return null;
}

/**
 * Extra bytes allowed for the delete set that a page repeats from the document. Computed only for large updates,
 * because it takes a while.
 */
function erasedBytes(doc: Y.Doc, update: Uint8Array): number {
  if (update.byteLength <= documentLimits.updateBytes) return 0;
  return Math.min(erasedSize(doc), documentLimits.erasedBytes);
}

/** Size in bytes of the delete set of a document. */
export const erasedSize = (doc: Y.Doc): number => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)).byteLength;

function validateStruct(struct: Y.Item | Y.GC | Y.Skip, clockOf: (client: number) => number): UpdateRejection {
  // Content that its author deleted before it was ever sent.
  if (struct instanceof Y.GC) return struct.length > documentLimits.deletedRange ? rejected(documentFull) : null;
  if (!(struct instanceof Y.Item)) return rejected(notAnUpdate);
  const { content, origin, rightOrigin } = struct;
  const parent = struct.parent as unknown;
  for (const id of [origin, rightOrigin, parent]) {
    if (id instanceof Y.ID && id.clock >= clockOf(id.client)) return missingDependencies;
  }
  if (typeof parent === 'string' && !roots.has(parent)) return rejected(notAnUpdate);
  if (!contents.some((one) => content instanceof one)) return rejected(notAnUpdate);
  if (content instanceof Y.ContentDeleted)
    return struct.length > documentLimits.deletedRange ? rejected(documentFull) : null;
  if (content instanceof Y.ContentType && !types.includes(content.type.constructor)) return rejected(notAnUpdate);
  return content instanceof Y.ContentAny && !content.arr.every((value) => isValue(value))
    ? rejected(notAnUpdate)
    : null;
}

/** A string, number, boolean, null, or a flat object of these. A key `__proto__` would change the prototype. */
function isValue(value: unknown, depth = 2): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth === 0 || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((member) => isValue(member, depth - 1));
}
