import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A relay to a server that can go silent: connections stay open, but nothing passes any more, as when a host is lost.
 */
export interface SilentLine {
  url: string;
  fallSilent(): void;
  close(): Promise<void>;
}

export async function lineTo(target: string): Promise<SilentLine> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    sockets.add(near.on('error', () => near.destroy()));
    if (silent) return;
    const far = createConnection({ host: hostname, port: Number(port || 5432) });
    sockets.add(far.on('error', () => far.destroy()));
    near.on('data', (chunk) => silent || far.write(chunk)).on('close', () => far.destroy());
    far.on('data', (chunk) => silent || near.write(chunk)).on('close', () => silent || near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = `${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    fallSilent: () => (silent = true),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
