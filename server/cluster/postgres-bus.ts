import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { decodeAny, encodeAny } from 'lib0/buffer';
import type { Connection, ConnectionEvents } from '#server/db/driver/connection.ts';
import { logError } from '#server/log.ts';
import type { MessageBus } from './message-bus.ts';

const channel = 'ecoc_board';
/** The payload of a NOTIFY is limited to less than 8,000 bytes. */
const pieceLength = 7_000;
/** A longer message is not sent: the next poll of the database finds the change. */
const maxPieces = 64;
/**
 * Every process sends a heartbeat every two seconds. A process that has received none for this many milliseconds is
 * considered alone.
 */
const aloneAfterMs = 10_000;
const reconnectIntervalMs = 500;

interface PostgresBusOptions {
  connect(events: ConnectionEvents): Promise<Connection>;
  secret: string;
}

/**
 * The message bus without Redis: NOTIFY on a dedicated connection, after the commit and outside its transaction,
 * because NOTIFY inside a transaction serialises all commits. While this process is alone it sends only heartbeats, so
 * a move costs nothing extra.
 */
export function openPostgresBus({ connect, secret }: PostgresBusOptions): MessageBus {
  const instanceId = randomUUID();
  const key = createHmac('sha256', secret).update('postgres line').digest();
  const sign = (body: Uint8Array) => createHmac('sha256', key).update(body).digest();
  const subscribers = new Map<string, ((message: never, from: string) => void)[]>();
  const reconnectListeners: (() => void)[] = [];
  const partial = new Map<string, string[]>();
  let connection: Connection | null = null;
  let heardAt = Date.now();
  let isClosed = false;
  let warned = false;
  let sent = 0;

  /** Opens a connection and retries until it succeeds. Logs only the first failure. */
  async function open(): Promise<void> {
    for (let failed = false; !isClosed; failed = true) {
      try {
        const opened = await connect({
          onLost: () => connection && void reopen(),
          onNotification: (_, payload) => take(payload),
        });
        await opened.query(`listen ${channel}`);
        if (isClosed) {
          await opened.close(0);
          return;
        }
        connection = opened;
        heardAt = Date.now();
        for (const then of reconnectListeners) then();
        return;
      } catch (error) {
        if (!isClosed && !failed) logError('listening to other processes', error);
        await pause();
      }
    }
  }

  async function reopen(): Promise<void> {
    connection = null;
    partial.clear();
    await pause();
    await open();
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve, reconnectIntervalMs).unref());

  /**
   * Receives one piece: `<process> <message> <piece> <pieces> <base64>`. Pieces of one process arrive in the order they
   * were sent.
   */
  function take(payload: string): void {
    const [from, message, piece, pieces, text] = payload.split(' ');
    if (!from || from === instanceId || !text) return;
    heardAt = Date.now();
    const received = piece === '0' ? [] : (partial.get(from) ?? []);
    received.push(text);
    partial.set(from, received);
    if (received.length !== Number(piece) + 1) return void partial.delete(from);
    if (received.length < Number(pieces)) return;
    partial.delete(from);
    read(Buffer.from(received.join(''), 'base64'), `${from} ${message}`);
  }

  function read(frame: Buffer, what: string): void {
    const [signature, body] = [frame.subarray(0, 32), frame.subarray(32)];
    if (signature.length < 32 || !timingSafeEqual(sign(body), signature)) {
      if (!warned)
        console.error('Another process serves this database with another AUTH_SECRET. Set the same for all.');
      warned = true;
      return;
    }
    try {
      const [from, topic, message] = decodeAny(body) as [string, string, never];
      for (const hear of subscribers.get(topic) ?? []) hear(message, from);
    } catch (error) {
      logError(`a message of another process (${what})`, error);
    }
  }

  const isAlone = () => connection !== null && Date.now() - heardAt > aloneAfterMs;
  const opening = open();

  return {
    instanceId,
    send(topic, message) {
      if (!connection || (topic !== 'attendance' && isAlone())) return;
      const body = encodeAny([instanceId, topic, message]);
      const text = Buffer.concat([sign(body), body]).toString('base64');
      const pieces = Math.ceil(text.length / pieceLength);
      if (pieces > maxPieces) return;
      const number = sent++;
      for (let piece = 0; piece < pieces; piece++) {
        const part = text.slice(piece * pieceLength, (piece + 1) * pieceLength);
        const payload = `${instanceId} ${number} ${piece} ${pieces} ${part}`;
        connection.query('select pg_notify($1, $2)', [channel, payload], { prepare: true }).catch(() => undefined);
      }
    },
    subscribe(topic, hear) {
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), hear]);
    },
    isDisconnected: () => connection === null,
    isAlone,
    onReconnect: (then) => void reconnectListeners.push(then),
    async close() {
      isClosed = true;
      await Promise.race([opening, Promise.resolve()]);
      await connection?.close(1);
    },
  };
}
