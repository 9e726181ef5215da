import type { DefaultEventsMap, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { logError } from '#server/log.ts';

/** What a client sends under a name. None of it has been checked. */
type Sent<Event extends keyof ClientToServer> = Parameters<ClientToServer[Event]>;

export type FeedSocket<Data> = Socket<ClientToServer, ServerToClient, DefaultEventsMap | Record<string, never>, Data>;

/**
 * Listens to an event of a socket; all of the feed's handlers are registered here. Socket.IO does not look at what a
 * handler returns, so a rejection would end the process. Here it is logged and the connection closed: whether the answer
 * would have been "no" is not known, so the page connects again and asks again.
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
