import { io, type Socket } from 'socket.io-client';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Presence } from '#shared/contract/presence.ts';
import type { Client } from './client.ts';
import { waitFor } from './wait.ts';

/** A page that watches a board, and what it received. */
export interface Watcher {
  socket: Socket<ServerToClient, ClientToServer>;
  events: BoardEvent[];
  /** The newest number it received. */
  seq(): number;
  told(): number;
  present: Map<string, Presence>;
}

export async function watchScope(url: string, client: Client, scope: string): Promise<Watcher> {
  const socket: Watcher['socket'] = io(url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: client.cookie },
  });
  const events: BoardEvent[] = [];
  const present = new Map<string, Presence>();
  let [seq, told] = [0, 0];
  socket.on('event', (_, event) => {
    events.push(event);
    seq = Math.max(seq, event.seq);
  });
  socket.on('advanced', (_, newest) => (seq = Math.max(seq, newest)));
  socket.on('told', () => void (told += 1));
  socket.on('presence', (_, changes) => {
    for (const presence of changes.present)
      if (presence.connection !== socket.id) present.set(presence.connection, presence);
    for (const connection of changes.absent) present.delete(connection);
  });
  await waitFor(() => socket.connected);
  const watched = await socket.emitWithAck('watch', scope);
  for (const presence of watched?.present ?? []) present.set(presence.connection, presence);
  seq = Math.max(seq, watched?.seq ?? 0);
  return { socket, events, seq: () => seq, told: () => told, present };
}

/** The error with which the server refuses the next handshake. */
export const connectError = (socket: Watcher['socket']): Promise<string> =>
  new Promise((resolve) => socket.once('connect_error', ({ message }) => resolve(message)));
