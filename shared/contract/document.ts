import type { Finding } from './finding.ts';

/** Served over the y-websocket protocol at `/documents/<record id>`. */
export const documentPath = '/documents/';

/**
 * 44xx: do not come back with what you hold; 45xx: come back. Shared by both sides. With `notAllowed`, `malformed` and
 * `tooLarge` the reason of the close says which rule was against it; see `refusalReason`.
 */
export const closeCodes = {
  signedOut: 4401,
  notAllowed: 4403,
  gone: 4404,
  malformed: 4409,
  tooLarge: 4413,
  /** The cookie is another person's than the `?person=` of the address: the page has to be reloaded. */
  otherPerson: 4421,
  accessChanged: 4500,
  storeFailed: 4503,
  slowDown: 4529,
} as const;

/**
 * A message type beside y-websocket's own 0 to 3: the state vector that is committed on disk.
 * Sent only to clients that connect with `?acknowledge=1`.
 */
export const acknowledgeMessage = 4;

export const documentLimits = {
  updateBytes: 64 * 1024,
  updateStructs: 2_000,
  /** Deletions may come as one range over everything a person typed and erased. */
  deletedRange: 20_000,
  documentBytes: 2 * 1024 * 1024,
  /** Every client that comes back names all that was ever erased, in one frame. */
  erasedBytes: 128 * 1024,
  commentCharacters: 10_000,
  comments: 1_000,
  awarenessBytes: 4 * 1024,
  stateVectorBytes: 64 * 1024,
  /** How far a clock may run ahead of the server's. */
  futureMs: 60_000,
} as const;

/** A finding as the reason of a close: what names it, within the 123 bytes that a close frame holds. */
export const refusalReason = ({ rule, key }: Pick<Finding, 'rule' | 'key'>): string => JSON.stringify({ rule, key });

/** Null where the reason names none. */
export function readRefusalReason(reason: string): Finding | null {
  try {
    const { rule, key } = JSON.parse(reason) as Record<string, unknown>;
    if (typeof rule !== 'string' || typeof key !== 'string') return null;
    return { rule, key, params: {}, severity: 'error', entry: null, mend: [] };
  } catch {
    return null;
  }
}
