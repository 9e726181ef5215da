import * as Y from 'yjs';
import type { Finding } from '#shared/contract/finding.ts';
import { documentLimits } from '#shared/contract/document.ts';
import { documentFull, foreignClient, notAnUpdate } from '#shared/domain/document-policy.ts';

/** Why an update is not applied. `behind`: perhaps only because another process stored what this copy does not have yet. */
export type UpdateRejection = { finding: Finding; mayBeBehind: boolean } | null;

const rejected = (finding: Finding): UpdateRejection => ({ finding, mayBeBehind: false });
const missingDependencies: UpdateRejection = { finding: notAnUpdate, mayBeBehind: true };

/** Whose a Yjs client id is; undefined: nobody's yet. */
export type OwnerOf = (client: number) => string | undefined;

const roots = new Set(['checklist', 'threads']);
/** What comments and ticks are made of. Formatting, embedded objects and documents in documents are none of it. */
const contents: readonly (abstract new (...args: never[]) => object)[] = [
  Y.ContentAny,
  Y.ContentString,
  Y.ContentType,
  Y.ContentDeleted,
];
const types: readonly unknown[] = [Y.Map, Y.Array, Y.Text];

/**
 * Looks at an update before the document sees it: all that is new in it was written by `person`, rests on what the
 * document holds, and is made of what a record's document is made of. What the document holds already is left alone.
 * Decoding first matters: applying a few hostile bytes can cost a fifth of a second and hundreds of megabytes.
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
    // It would take the place of what stands there and leave no trace of having come.
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
  // Only now: what one page of a person wrote may rest on what another page of theirs did, in either order.
  for (const struct of fresh) {
    const answer = validateStruct(struct, clockOf);
    if (answer) return answer;
  }
  for (const [client, ranges] of decoded.ds.clients) {
    for (const { clock, len } of ranges) if (clock + len > clockOf(client)) return missingDependencies;
  }
  return null;
}

/** What a page says of what was erased long ago is not its doing. Asked only of large updates, for it takes a while. */
function erasedBytes(doc: Y.Doc, update: Uint8Array): number {
  if (update.byteLength <= documentLimits.updateBytes) return 0;
  return Math.min(erasedSize(doc), documentLimits.erasedBytes);
}

/** So many bytes it takes to name all that was erased in a document. */
export const erasedSize = (doc: Y.Doc): number => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)).byteLength;

function validateStruct(struct: Y.Item | Y.GC | Y.Skip, clockOf: (client: number) => number): UpdateRejection {
  // What its author wrote and erased again before it was ever sent.
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

/** Text, a number, yes or no, nothing, or a flat object of them. A key `__proto__` would change what the object is. */
function isValue(value: unknown, depth = 2): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth === 0 || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((member) => isValue(member, depth - 1));
}
