import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { logError } from '#server/log.ts';
import { documentPath } from '#shared/contract/document.ts';

type Take = (request: IncomingMessage, socket: Duplex, head: Buffer, address: URL) => void;

/** Milliseconds for which an upgrade that another listener handles may stay unanswered. */
const upgradeTimeoutMs = 10_000;

/**
 * Passes upgrades for documents to `take`, leaves those of the feed and of hot reload to their own listeners, and
 * closes all others. An upgraded socket no longer has a timeout or an error listener. Therefore unanswered sockets are
 * closed too, and a reset connection must not end the process. Returns a function that closes the sockets that still
 * wait.
 */
export function routeUpgrades(http: HttpServer, take: Take): () => void {
  const waiting = new Set<Duplex>();

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const address = URL.parse(request.url ?? '/', 'http://localhost');
    if (!address) socket.destroy();
    else if (address.pathname.startsWith(documentPath)) tryTo(() => take(request, socket, head, address), socket);
    else if (address.pathname.startsWith('/socket.io/') || isHotReload(request)) waitForAnswer(request, socket);
    else socket.destroy();
  });

  function tryTo(take: () => void, socket: Duplex) {
    try {
      take();
    } catch (error) {
      logError('an upgrade', error);
      socket.destroy();
    }
  }

  function waitForAnswer({ socket: { bytesWritten } }: IncomingMessage, socket: Duplex) {
    waiting.add(socket);
    const end = setTimeout(() => {
      waiting.delete(socket);
      if ((socket as IncomingMessage['socket']).bytesWritten === bytesWritten) socket.destroy();
    }, upgradeTimeoutMs).unref();
    socket.once('close', () => (clearTimeout(end), waiting.delete(socket)));
  }

  return () => waiting.forEach((socket) => socket.destroy());
}

const isHotReload = ({ headers }: IncomingMessage) => headers['sec-websocket-protocol']?.startsWith('vite') ?? false;
