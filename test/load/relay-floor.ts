import { createServer } from 'node:http';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';

/**
 * The baseline for documents: forwards frames to the others in the room without reading, judging, merging or storing.
 */
const rooms = new Map<string, Set<WebSocket>>();
const nothing = Uint8Array.of(0, 1, 2, 0, 0);
const http = createServer();

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, { url }) => {
  const room = (rooms.get(url!) ?? new Set()).add(socket);
  rooms.set(url!, room);
  socket.on('error', () => socket.terminate());
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data: RawData) => {
    const frame = data as Buffer;
    if (frame[1] === 0) return socket.send(nothing);
    for (const other of room) if (other !== socket) other.send(frame);
  });
});
http.listen(0, '127.0.0.1', () =>
  console.log(`ready at http://127.0.0.1:${(http.address() as { port: number }).port}`),
);
process.once('SIGTERM', () => process.exit(0));
