import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { pagePerson, reloadForOther } from './page-person.ts';

/** Hears, outside of every scope, that there is something new for this person. Answers with how to stop. */
export function onNotificationSignal(onSignal: () => void): () => void {
  let socket: Socket<ServerToClient, ClientToServer> | null = null;
  let stopped = false;
  // Without it, what is new is seen on the next page.
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
      // The server ends a socket when its session ends or its person's rights change; the handshake says which.
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
