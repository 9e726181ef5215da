import * as encoding from 'lib0/encoding';
import * as decoding from 'lib0/decoding';
import { WebSocket, type RawData } from 'ws';
import { documentPath } from '#shared/contract/document.ts';

/** A client without a document: it sends precomputed updates and reports what arrives. */
export interface LeanClient {
  send(frame: Uint8Array): void;
  close(): void;
  onupdate: (update: Uint8Array) => void;
  /** The close code of the server; null while it is open. */
  closedWith: number | null;
}

const everything = Uint8Array.of(0, 0, 1, 0);

export function updateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, 2);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

/** Connects and requests the document; resolves with the answer, at which any client reports `synced`. */
export function connectLean(
  url: string,
  record: string,
  cookie: string,
): Promise<{ client: LeanClient; state: Uint8Array }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${documentPath}${record}?acknowledge=1`, {
    headers: { cookie },
    perMessageDeflate: false,
  });
  const client: LeanClient = {
    send: (frame) => socket.send(frame),
    close: () => socket.terminate(),
    onupdate: () => {},
    closedWith: null,
  };
  socket.on('close', (code) => (client.closedWith = code));
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send(everything));
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data: RawData) => {
      const frame = data as Buffer;
      if (frame[0] !== 0 || frame[1] === 0) return;
      const decoder = decoding.createDecoder(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength));
      decoder.pos = 2;
      const payload = decoding.readVarUint8Array(decoder);
      if (frame[1] === 1) resolve({ client, state: payload });
      else client.onupdate(payload);
    });
  });
}
