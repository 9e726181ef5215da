import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { acknowledgeMessage } from '#shared/contract/document.ts';

/** A decoded message of a y-websocket client. */
export type Frame =
  | { kind: 'ask'; stateVector: Uint8Array }
  /** `answers`: the update answers the initial sync request and contains everything the server lacks. */
  | { kind: 'update'; update: Uint8Array; answers: boolean }
  | { kind: 'presence'; update: Uint8Array }
  | { kind: 'askPresence' };

/** Decodes a frame. Throws if it is not a frame of the protocol. */
export function readFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === 1) return { kind: 'presence', update: decoding.readVarUint8Array(decoder) };
  if (type === 3) return { kind: 'askPresence' };
  if (type !== 0) throw new Error(`no such message type: ${type}`);
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === 0) return { kind: 'ask', stateVector: payload };
  if (step === 1 || step === 2) return { kind: 'update', update: payload, answers: step === 1 };
  throw new Error(`no such sync step: ${step}`);
}

const frame = (...parts: (number | Uint8Array)[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
};

export const askFrame = (doc: Y.Doc) => frame(0, 0, Y.encodeStateVector(doc));
export const answerFrame = (doc: Y.Doc, stateVector: Uint8Array) =>
  frame(0, 1, Y.encodeStateAsUpdate(doc, stateVector));
export const updateFrame = (update: Uint8Array) => frame(0, 2, update);
export const acknowledgeFrame = (doc: Y.Doc) => frame(acknowledgeMessage, Y.encodeStateVector(doc));

/** Whether the state vector `committed` includes everything in `seen`. */
export function covers(committed: Uint8Array, seen: Uint8Array): boolean {
  const committedClocks = Y.decodeStateVector(committed);
  return [...Y.decodeStateVector(seen)].every(([client, clock]) => (committedClocks.get(client) ?? 0) >= clock);
}
