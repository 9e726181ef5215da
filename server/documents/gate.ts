import * as Y from 'yjs';
import { documentLimits } from '#shared/contract/document.ts';

/** Why an update is not taken; null: it may be applied. */
export type GateRefusal = 'malformed' | 'tooLarge' | null;

/**
 * Looks at an update before the document sees it. Decoding first matters: applying a few hostile bytes can cost a fifth
 * of a second and hundreds of megabytes, decoding the same bytes throws at once.
 */
export function gateUpdate(update: Uint8Array): GateRefusal {
  if (update.byteLength > documentLimits.updateBytes) return 'tooLarge';
  try {
    const { structs } = Y.decodeUpdate(update);
    return structs.length > documentLimits.updateStructs ? 'tooLarge' : null;
  } catch {
    return 'malformed';
  }
}

/** Parts of an update that wait for others never show and make every later update dearer. */
export function leavesGaps({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}
