/** Served over the y-websocket protocol at `/documents/<record id>`. */
export const documentPath = '/documents/';

/** 44xx: do not come back with what you hold; 45xx: come back. Shared by both sides. */
export const closeCodes = {
  signedOut: 4401,
  readOnly: 4403,
  gone: 4404,
  malformed: 4409,
  tooLarge: 4413,
  accessChanged: 4500,
  storeFailed: 4503,
} as const;

/**
 * A message type beside y-websocket's own 0 to 3: the state vector that is committed on disk.
 * Sent only to clients that connect with `?acknowledge=1`.
 */
export const acknowledgeMessage = 4;

export const documentLimits = {
  updateBytes: 64 * 1024,
  updateStructs: 2_000,
  documentBytes: 2 * 1024 * 1024,
  awarenessBytes: 4 * 1024,
} as const;
