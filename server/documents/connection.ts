import * as Y from 'yjs';
import type { RawData, WebSocket } from 'ws';
import { closeCodes, documentLimits } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import { ownPresence } from './awareness.ts';
import { answerFrame, askFrame, readFrame } from './frames.ts';
import { gateUpdate } from './gate.ts';
import type { LiveDocument, Reader } from './live-document.ts';

interface Visitor {
  person: Person;
  acknowledges: boolean;
  /** Sees everything, changes nothing. */
  readOnly: boolean;
  onleave: () => void;
}

/** A reader that does not read is cut off: it comes back and gets what it missed. */
const unsentLimit = 4 * 1024 * 1024;

/** Joins a socket to a document that is loaded: whoever is told "synced" has everything that is committed. */
export function connect(
  socket: WebSocket,
  document: LiveDocument,
  { person, acknowledges, readOnly, onleave }: Visitor,
): void {
  let client: number | null = null;
  let asked: Uint8Array | null = null;
  const reader: Reader = {
    person,
    acknowledges,
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unsentLimit) socket.close(1013);
      else socket.send(frame);
    },
    close: (code) => socket.close(code),
  };

  socket.on('message', (data: RawData, binary: boolean) => {
    // What a refused client sent before it heard of the refusal rests on what was refused.
    if (socket.readyState !== socket.OPEN) return;
    try {
      if (!binary) throw new Error('text frame');
      // A copy of its own: a frame may lie in memory that others share.
      take(Uint8Array.from(data as Buffer));
    } catch {
      socket.close(closeCodes.malformed);
    }
  });
  socket.on('close', () => {
    document.leave(reader);
    onleave();
  });

  function take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (frame.kind === 'ask') answer(frame.stateVector);
    else if (frame.kind === 'askPresence') document.tellPresences(reader, client);
    else if (frame.kind === 'presence') takePresence(frame.update);
    else takeUpdate(frame.update);
  }

  function answer(stateVector: Uint8Array): void {
    Y.decodeStateVector(stateVector);
    const waits = asked !== null;
    asked = stateVector;
    if (waits) return;
    document.whenCommitted(() => {
      reader.send(answerFrame(document.doc, asked!));
      asked = null;
    });
  }

  function takePresence(update: Uint8Array): void {
    if (update.byteLength > documentLimits.awarenessBytes) return;
    const said = ownPresence(update, client, person);
    if (!said) return;
    if (!readOnly) document.present(reader, said);
    if (client !== null) return;
    client = said.client;
    document.tellPresences(reader, client);
  }

  function takeUpdate(update: Uint8Array): void {
    const refusal = gateUpdate(update);
    if (refusal === 'malformed') return socket.close(closeCodes.malformed);
    if (!refusal && !readOnly) return document.receive(reader, update);
    // Every client answers the server's question with all deletions it knows of; only what is new would be a change.
    if (Y.snapshotContainsUpdate(Y.snapshot(document.doc), update)) return;
    socket.close(closeCodes[refusal ?? 'readOnly']);
  }

  document.enter(reader);
  document.whenCommitted(() => reader.send(askFrame(document.doc)));
}
