import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';

/** Hears, outside of every scope, that there is something new for this person. Answers with how to stop. */
export function hearTold(onTold: () => void): () => void {
  let socket: Socket<ServerToClient, ClientToServer> | null = null;
  let stopped = false;
  void import('socket.io-client').then(({ io }) => {
    if (stopped) return;
    socket = io({ path: '/socket.io', transports: ['websocket'] });
    socket.on('told', onTold);
    socket.on('connect', onTold);
  });
  return () => {
    stopped = true;
    socket?.disconnect();
  };
}
