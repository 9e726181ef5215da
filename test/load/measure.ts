import { io, type Socket } from 'socket.io-client';
import type { Board, Card } from '#shared/contract/record.ts';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Filled } from './fill.ts';
import type { SpawnedServer } from './spawned-server.ts';

export const quantile = (values: number[], at: number) =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? NaN;

async function get(
  server: SpawnedServer,
  { cookie }: Pick<Filled, 'cookie'>,
  path: string,
): Promise<{ ms: number; bytes: number; body: unknown }> {
  const began = performance.now();
  const response = await fetch(server.url + path, { headers: { cookie } });
  const text = await response.text();
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return {
    ms,
    bytes: Number(response.headers.get('content-length') ?? Buffer.byteLength(text)),
    body: JSON.parse(text),
  };
}

export async function openBoard(server: SpawnedServer, filled: Filled, cookies: readonly string[]) {
  const path = `/api/scopes/${filled.scope}/board`;
  for (let n = 0; n < 5; n++) await get(server, filled, path);
  const times: number[] = [];
  let last!: Awaited<ReturnType<typeof get>>;
  for (let n = 0; n < 40; n++) times.push((last = await get(server, filled, path)).ms);
  const gzip = await new Response(
    new Blob([JSON.stringify(last.body)]).stream().pipeThrough(new CompressionStream('gzip')),
  ).bytes();
  const together = await Promise.all(cookies.map((cookie) => get(server, { cookie }, path)));
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    gzip: gzip.byteLength / 1024,
    fifty: quantile(
      together.map(({ ms }) => ms),
      0.5,
    ),
    board: last.body as Board,
  };
}

const move = (server: SpawnedServer, { cookie }: Pick<Filled, 'cookie'>, card: Card) =>
  fetch(`${server.url}/api/records/${card.id}/move`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
    body: JSON.stringify({ from: card.stage, to: card.stage, after: null }),
  }).then(async (response) => {
    if (!response.ok) throw new Error(`move: ${response.status} ${await response.text()}`);
  });

/** From sending a move until a watcher has its event, at ten moves per second. */
export async function moveLatency(
  server: SpawnedServer,
  filled: Filled,
  cards: readonly Card[],
  watchers: readonly string[],
) {
  const sockets: Socket<ServerToClient, ClientToServer>[] = [];
  const arrived = new Map<string, (value: void) => void>();
  for (const cookie of watchers) {
    const socket: Socket<ServerToClient, ClientToServer> = io(server.url, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
    });
    await new Promise<void>((resolve) =>
      socket.on('connect', () => socket.emit('watch', filled.scope, () => resolve())),
    );
    sockets.push(socket);
  }
  // The last to join is served last.
  sockets.at(-1)!.on('event', (_scope: string, { record }: BoardEvent) => arrived.get(record?.id ?? '')?.());
  const times: number[] = [];
  for (let n = 0; n < 60; n++) {
    const card = cards[n % cards.length]!;
    const began = performance.now();
    const seen = new Promise<void>((resolve) => arrived.set(card.id, resolve));
    await Promise.all([move(server, filled, card), seen]);
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (performance.now() - began))));
  }
  for (const socket of sockets) socket.disconnect();
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** As many moves as eight senders can make, for some seconds. */
export async function saturate(server: SpawnedServer, cards: readonly Card[], senders: readonly string[], seconds = 4) {
  const end = performance.now() + seconds * 1000;
  const cpu = server.cpu();
  let moves = 0;
  const sender = async (cookie: string, at: number) => {
    for (let n = at; performance.now() < end; n += 8) {
      await move(server, { cookie }, cards[n % cards.length]!);
      moves += 1;
    }
  };
  await Promise.all(senders.slice(0, 8).map(sender));
  return { perSecond: moves / seconds, cpu: ((server.cpu() - cpu) / moves) * 1000 };
}

export async function catchUp(server: SpawnedServer, filled: Filled, seq: number) {
  const times: number[] = [];
  for (let n = 0; n < 20; n++)
    times.push((await get(server, filled, `/api/scopes/${filled.scope}/events?after=${seq - 100}`)).ms);
  return quantile(times, 0.5);
}

/** From withdrawing an approval until every referencing record is rejudged, in milliseconds. */
export async function withdraw(server: SpawnedServer, filled: Filled): Promise<number> {
  const { url } = server;
  const began = performance.now();
  const response = await fetch(`${url}/api/approvals/${filled.approval}/withdraw`, {
    method: 'POST',
    headers: { cookie: filled.cookie, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
    body: JSON.stringify({ on: '2020-01-01', why: 'Bench' }),
  });
  if (!response.ok) throw new Error(`withdraw: ${response.status} ${await response.text()}`);
  for (;;) {
    const { body } = await get(server, filled, `/api/approvals/${filled.approval}/records`);
    if ((body as { waiting: number }).waiting === 0) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
