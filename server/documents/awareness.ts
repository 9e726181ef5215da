import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Person } from '#shared/contract/person.ts';

/** One client's presence in a document: its Yjs client id, how new it is, and what it says; null: it left. */
export interface AwarenessState {
  client: number;
  clock: number;
  state: Record<string, unknown> | null;
}

/** What a connection says of itself; it has no clock yet, the document gives it one. */
export type AwarenessUpdate = Omit<AwarenessState, 'clock'>;

/**
 * What a connection may say of itself: one client id, where it is and where it writes; who it is, is written by the
 * server. Entries about other clients are left out. Null where nothing remains. Throws on what is no presence.
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

/** The frame that tells about these presences; with none it is the frame that says "still here". */
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
