import { logError } from '#server/log.ts';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { decodeAny, encodeAny } from 'lib0/buffer';
import { createClient } from 'redis';
import type { MessageBus } from './message-bus.ts';

/** Redis cannot be used. The message is written for the person who starts the server. */
export class RedisUnusable extends Error {}

export interface RedisBusOptions {
  url: string;
  /** The secret that all processes of this board share. */
  secret: string;
  /** Identifies the database. A copy of it that is served elsewhere is another board. */
  database: string;
}

/** Redis counts as unavailable if it does not answer for this many milliseconds. */
const unresponsiveAfterMs = 8_000;
/** Maximum time in milliseconds that a process waits at shutdown for its last message to be sent. */
const flushTimeoutMs = 500;
const signatureBytes = 32;

/**
 * The message bus over Redis: one channel, one connection for publishing and one for subscribing. Every message is
 * signed with the secret of the board, so that other users of the same Redis cannot insert anything into a document.
 * Throws RedisUnusable if Redis cannot be reached at the start; afterwards the bus reconnects on its own.
 */
export async function openRedisBus({ url, secret, database }: RedisBusOptions): Promise<MessageBus> {
  const derived = (what: string) => createHmac('sha256', secret).update(`${what} ${database}`).digest();
  const key = derived('line');
  const channel = `ecoc-board:${derived('channel').toString('hex').slice(0, 32)}`;
  const instanceId = randomUUID();
  const sign = (body: Uint8Array) => createHmac('sha256', key).update(body).digest();
  const subscribers = new Map<string, ((message: never, from: string) => void)[]>();
  const reconnectListeners: (() => void)[] = [];
  let started = false;
  let isAway = false;
  let lastPublish: Promise<unknown> = Promise.resolve();

  const publisher = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: unresponsiveAfterMs / 2,
    socket: {
      connectTimeout: 5_000,
      socketTimeout: unresponsiveAfterMs,
      reconnectStrategy: (retries, cause) => (started ? Math.min(50 * 2 ** Math.min(retries, 5), 1_000) : cause),
    },
  });
  const subscriber = publisher.duplicate({ disableOfflineQueue: false });
  for (const client of [publisher, subscriber]) {
    client.on('error', (error: Error) => {
      if (!started || isAway) return;
      isAway = true;
      console.error(`Redis is away (${reasonOf(error)}). What other processes write comes later until it is back.`);
    });
    client.on('ready', () => {
      if (!isAway || !publisher.isReady || !subscriber.isReady) return;
      isAway = false;
      console.error('Redis is back.');
      for (const then of reconnectListeners) then();
    });
  }

  function take(frame: Buffer): void {
    const body = frame.subarray(signatureBytes);
    const signature = frame.subarray(0, signatureBytes);
    if (signature.length < signatureBytes || !timingSafeEqual(sign(body), signature)) return;
    try {
      const [from, topic, message] = decodeAny(body) as [string, string, never];
      if (from !== instanceId) for (const hear of subscribers.get(topic) ?? []) hear(message, from);
    } catch (error) {
      logError('a message of another process', error);
    }
  }

  try {
    await Promise.all([publisher.connect(), subscriber.connect()]);
    await subscriber.subscribe(channel, take, true);
  } catch (error) {
    for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
    throw new RedisUnusable(
      `Redis at ${new URL(url).host} cannot be reached: ${reasonOf(error as Error)}. Check REDIS_URL and that Redis runs, or leave REDIS_URL out where one process serves the board.`,
    );
  }
  started = true;

  return {
    instanceId,
    send(topic, message) {
      const body = encodeAny([instanceId, topic, message]);
      lastPublish = publisher.publish(channel, Buffer.concat([sign(body), body])).catch(() => undefined);
    },
    subscribe(topic, hear) {
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), hear]);
    },
    isDisconnected: () => isAway || !publisher.isReady || !subscriber.isReady,
    isAlone: () => false,
    onReconnect: (then) => void reconnectListeners.push(then),
    async close() {
      started = false;
      await Promise.race([lastPublish, setTimeout(flushTimeoutMs)]);
      for (const client of [subscriber, publisher]) if (client.isOpen) client.destroy();
    },
  };
}

/** When every address of a host name refuses the connection, the error has a code but no message. */
const reasonOf = (error: Error): string => error.message || (error as NodeJS.ErrnoException).code || error.name;
