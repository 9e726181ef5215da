import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { pagePerson, reloadForOther } from './page-person.ts';

/**
 * Calls `onSignal` for new notifications of this person on pages outside of a scope. Returns a function that stops it.
 */
export function onNotificationSignal(onSignal: () => void): () => void {
  let socket: Socket<ServerToClient, ClientToServer> | null = null;
  let stopped = false;
  // Without the client, new notifications appear on the next page.
  const client = import('socket.io-client').catch(() => null);
  void client.then((loaded) => {
    if (stopped || !loaded) return;
    const opened = (socket = loaded.io({
      path: '/socket.io',
      transports: ['websocket'],
      auth: { person: pagePerson() ?? undefined },
    }));
    opened.on('told', onSignal);
    opened.on('connect', onSignal);
    opened.on('disconnect', (reason) => {
      // The server closes a socket when its session ends or its person's permissions change; the handshake reports
      // which.
      if (reason === 'io server disconnect' && !stopped) opened.connect();
    });
    opened.on('connect_error', ({ message }) => {
      if (message === 'other-person') reloadForOther();
    });
  });
  return () => {
    stopped = true;
    socket?.disconnect();
  };
}
