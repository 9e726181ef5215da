import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Person } from '#shared/contract/person.ts';

/** A client's presence in a document: its Yjs client id, clock and state; null: it left. */
export interface AwarenessState {
  client: number;
  clock: number;
  state: Record<string, unknown> | null;
}

/** The presence a connection sends for itself. It has no clock yet; the document assigns one. */
export type AwarenessUpdate = Omit<AwarenessState, 'clock'>;

/**
 * Extracts the presence that a connection may send for itself: one client id, its cursor and where it writes. The
 * server sets the user. Skips entries of other clients. Returns null if nothing remains. Throws if the update is
 * malformed.
 */
export function ownPresence(update: Uint8Array, own: number | null, person: Person): AwarenessUpdate | null {
  const decoder = decoding.createDecoder(update);
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const said = JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null;
    if (own !== null && client !== own) continue;
    const user = { id: person.id, name: person.name };
    return { client, state: said && { cursor: said['cursor'], writing: said['writing'], user } };
  }
  return null;
}

/** Returns the frame with these presences. Without presences it serves as a heartbeat. */
export function presenceFrame(presences: readonly AwarenessState[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, presences.length);
  for (const { client, clock, state } of presences) {
    encoding.writeVarUint(inner, client);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, JSON.stringify(state));
  }
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, 1);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(inner));
  return encoding.toUint8Array(frame);
}
