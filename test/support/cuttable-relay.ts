import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Seeded } from './seeded.ts';

export interface CuttableRelay {
  url: string;
  /** Destroys up to this many open connections, both sides together and without a close. Returns how many. */
  cut(random: Seeded, count: number): number;
  close(): Promise<void>;
}

/** A relay to a server whose connections can be cut at any moment. */
export async function cuttableRelay(target: string): Promise<CuttableRelay> {
  const { hostname, port } = new URL(target);
  const pairs = new Map<Socket, Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    pairs.set(client, upstream);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => (pairs.delete(client), other.destroy()));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const destroy = (client: Socket, upstream: Socket) => {
    client.resetAndDestroy();
    upstream.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(random, count) {
      const open = [...pairs];
      const chosen = Array.from({ length: Math.min(count, open.length) }, () =>
        open.splice(random.below(open.length), 1),
      ).flat();
      for (const [client, upstream] of chosen) destroy(client, upstream);
      return chosen.length;
    },
    close: () => {
      for (const [client, upstream] of pairs) destroy(client, upstream);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
