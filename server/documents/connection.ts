import * as Y from 'yjs';
import type { RawData, WebSocket } from 'ws';
import { closeCodes, documentLimits, refusalReason } from '#shared/contract/document.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';
import { notAnUpdate } from '#shared/domain/document-policy.ts';
import { tokenBucket } from '#server/limits/token-bucket.ts';
import { ownPresence } from './awareness.ts';
import { answerFrame, askFrame, readFrame } from './frames.ts';
import type { LiveDocument } from './live-document.ts';
import type { Subscriber } from './subscriber.ts';

interface SocketOptions {
  person: Person;
  acknowledges: boolean;
  /** Does not publish its presence to others. */
  silent: boolean;
  /** Called when an update is refused. */
  onrefused: () => void;
  onleave: () => void;
}

/** Backpressure limit in bytes: a slow reader is disconnected; it reconnects and receives what it missed. */
const unsentLimit = 4 * 1024 * 1024;
/** Minimum interval in milliseconds between answers, because each answer may contain the whole document. */
const answerIntervalMs = 100;

/** Milliseconds within which a client must answer the initial sync request. */
const syncReplyTimeoutMs = 2_000;
const earlyLimit = 512 * 1024;

const codeOf = (finding: Finding): number =>
  ({ D07: closeCodes.tooLarge, D08: closeCodes.malformed })[finding.rule] ?? closeCodes.notAllowed;

/** Connects a socket to a loaded document. A client that is "synced" has everything that is committed. */
export function connect(socket: WebSocket, document: LiveDocument, options: SocketOptions): void {
  const { person } = options;
  const presences = tokenBucket({ perSecond: 10, burst: 20 });
  const updates = tokenBucket({ perSecond: 200, burst: 400 });
  const canPresent = () => presences() === 0;
  let early: Uint8Array[] | null = [];
  let client: number | null = null;
  let requestedVector: Uint8Array | null = null;
  let answered = -answerIntervalMs;
  const subscriber: Subscriber = {
    person,
    acknowledges: options.acknowledges,
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unsentLimit) socket.close(1013);
      else socket.send(frame);
    },
    close: (code) => socket.close(code),
    refuse(finding) {
      socket.close(codeOf(finding), refusalReason(finding));
      options.onrefused();
    },
  };

  socket.on('message', (data: RawData, binary: boolean) => {
    // Messages that a refused client sent before it received the refusal depend on the refused update.
    if (socket.readyState !== socket.OPEN) return;
    try {
      if (!binary) throw new Error('text frame');
      // Copied, because the memory of a frame may be shared.
      take(Uint8Array.from(data as Buffer));
    } catch {
      subscriber.refuse(notAnUpdate);
    }
  });
  socket.on('close', () => {
    document.leave(subscriber);
    options.onleave();
  });

  function take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (frame.kind === 'ask') answer(frame.stateVector);
    else if (frame.kind === 'askPresence') sendPresences();
    else if (frame.kind === 'presence') takePresence(frame.update);
    else if (updates() > 0) socket.close(closeCodes.slowDown);
    else if (frame.answers) {
      early = null;
      document.receive(subscriber, frame.update);
    } else if (early) bufferEarly(early, frame.update);
    else document.receive(subscriber, frame.update);
  }

  /**
   * Buffers updates that arrive before the client's answer to the initial sync request. After a reconnect, new edits
   * arrive before the offline edits that they depend on; that answer contains both.
   */
  function bufferEarly(waiting: Uint8Array[], update: Uint8Array): void {
    if (waiting.length === 0) setTimeout(deliverEarly, syncReplyTimeoutMs);
    waiting.push(update);
    if (waiting.reduce((sum, { byteLength }) => sum + byteLength, 0) > earlyLimit) deliverEarly();
  }

  /** Processes the buffered updates of a client that does not answer the sync request. */
  function deliverEarly(): void {
    const waiting = early ?? [];
    early = null;
    if (socket.readyState !== socket.OPEN) return;
    for (const update of waiting) document.receive(subscriber, update);
  }

  function answer(stateVector: Uint8Array): void {
    if (stateVector.byteLength > documentLimits.stateVectorBytes) throw new Error('state vector too large');
    Y.decodeStateVector(stateVector);
    const waits = requestedVector !== null;
    requestedVector = stateVector;
    if (waits) return;
    const early = answered + answerIntervalMs - performance.now();
    if (early > 0) setTimeout(sendAnswer, early);
    else sendAnswer();
  }

  function sendAnswer(): void {
    document.whenCommitted(() => {
      answered = performance.now();
      subscriber.send(answerFrame(document.doc, requestedVector!));
      requestedVector = null;
    });
  }

  function sendPresences(): void {
    if (canPresent()) document.sendPresences(subscriber, client);
  }

  function takePresence(update: Uint8Array): void {
    if (update.byteLength > documentLimits.awarenessBytes || !canPresent()) return;
    const ownState = ownPresence(update, client, person);
    if (!ownState) return;
    if (!options.silent) document.present(subscriber, ownState);
    if (client !== null) return;
    client = ownState.client;
    document.sendPresences(subscriber, client);
  }

  document.enter(subscriber);
  document.whenCommitted(() => subscriber.send(askFrame(document.doc)));
}
