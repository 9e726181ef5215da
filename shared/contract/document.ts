import type { Finding } from './finding.ts';

/** Served over the y-websocket protocol at `/documents/<record id>`. */
export const documentPath = '/documents/';

/**
 * 44xx: the client must not reconnect with its unsaved changes; 45xx: the client may reconnect. Used by client and
 * server. For `notAllowed`, `malformed` and `tooLarge`, the close reason names the rule that was violated; see
 * `refusalReason`.
 */
export const closeCodes = {
  signedOut: 4401,
  notAllowed: 4403,
  gone: 4404,
  malformed: 4409,
  tooLarge: 4413,
  /** The session cookie belongs to a different person than `?person=` in the URL; the page must be reloaded. */
  otherPerson: 4421,
  accessChanged: 4500,
  storeFailed: 4503,
  slowDown: 4529,
} as const;

/**
 * A message type in addition to y-websocket's own types 0 to 3: the state vector that is committed to disk. Sent only
 * to clients that connect with `?acknowledge=1`.
 */
export const acknowledgeMessage = 4;

export const documentLimits = {
  updateBytes: 64 * 1024,
  updateStructs: 2_000,
  /** Deletions may arrive as one range that covers everything a person typed and deleted. */
  deletedRange: 20_000,
  documentBytes: 2 * 1024 * 1024,
  /** Every reconnecting client sends the complete set of deletions in one frame. */
  erasedBytes: 128 * 1024,
  commentCharacters: 10_000,
  comments: 1_000,
  awarenessBytes: 4 * 1024,
  stateVectorBytes: 64 * 1024,
  /** How far a client's clock may be ahead of the server's. */
  futureMs: 60_000,
} as const;

/** Encodes a finding as a close reason: only rule and key, because a close frame holds 123 bytes. */
export const refusalReason = ({ rule, key }: Pick<Finding, 'rule' | 'key'>): string => JSON.stringify({ rule, key });

/** Returns null if the close reason does not contain a finding. */
export function readRefusalReason(reason: string): Finding | null {
  try {
    const { rule, key } = JSON.parse(reason) as Record<string, unknown>;
    if (typeof rule !== 'string' || typeof key !== 'string') return null;
    return { rule, key, params: {}, severity: 'error', entry: null, mend: [] };
  } catch {
    return null;
  }
}
