import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { answerFrame } from '#server/documents/frames.ts';
import type { Client } from './client.ts';

/** A socket on a document without any Yjs client: it sends raw bytes. */
export interface RawSocket {
  socket: WebSocket;
  /** The frames after the server's first sync step. */
  frames: Uint8Array[];
  closed: Promise<{ code: number; reason: string }>;
  send(...frames: Uint8Array[]): void;
}

/** Resolves once the server has requested the client's state, or has closed. */
export async function rawSocket(
  url: string,
  record: string,
  { cookie }: Pick<Client, 'cookie'>,
  query = '?acknowledge=1',
): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/documents/${record}${query}`, { headers: { cookie } });
  const frames: Uint8Array[] = [];
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  await Promise.race([new Promise((resolve) => socket.once('message', resolve)), closed]);
  // It has no content; until it answers so the server withholds its messages.
  if (socket.readyState === WebSocket.OPEN) socket.send(answerFrame(new Y.Doc(), Uint8Array.of(0)));
  socket.on('message', (data: Buffer) => void frames.push(Uint8Array.from(data)));
  return {
    socket,
    frames,
    closed,
    send: (...sent) => {
      for (const frame of sent) socket.send(frame);
    },
  };
}
