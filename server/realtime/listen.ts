import type { DefaultEventsMap, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { logError } from '#server/log.ts';

/** The arguments a client sends with an event. They are not validated. */
type Sent<Event extends keyof ClientToServer> = Parameters<ClientToServer[Event]>;

export type FeedSocket<Data> = Socket<ClientToServer, ServerToClient, DefaultEventsMap | Record<string, never>, Data>;

/**
 * Listens to an event of a socket. All handlers of the feed are registered through this function. Socket.IO ignores the
 * promise a handler returns, so a rejection would end the process. Therefore a rejection is logged and the connection
 * is closed: the right answer is unknown, so the page has to reconnect and ask again.
 */
export function listen<Event extends keyof ClientToServer, Data>(
  socket: FeedSocket<Data>,
  event: Event,
  handle: (...sent: Sent<Event>) => void | Promise<void>,
): void {
  const guarded = async (...sent: Sent<Event>) => {
    try {
      await handle(...sent);
    } catch (error) {
      logError(`socket event ${event}`, error);
      socket.disconnect(true);
    }
  };
  socket.on(event as 'watch', guarded as never);
}
