import * as Y from 'yjs';
import { quantile } from './measure.ts';
import { scriptOf, type ScriptOf, type Step } from './document-script.ts';
import { connectLean, updateFrame, type LeanClient } from './lean-client.ts';

/** A job of the load generator, which runs in a separate process so that its work does not count for the server. */
export type Job =
  /** The given number of clients in every room; the first of them write the scripts. */
  | {
      kind: 'write';
      url: string;
      rooms: readonly string[];
      cookies: readonly string[];
      clients: number;
      scripts: readonly ScriptOf[];
      /** Updates per second of each writer. */
      rate: number;
      warmup: number;
      seconds: number;
    }
  | { kind: 'hold'; url: string; rooms: readonly string[]; cookies: readonly string[]; clients: number }
  | { kind: 'release' }
  | { kind: 'open'; url: string; room: string; cookie: string; clocks: readonly [client: number, clock: number][] };

export interface Written {
  sent: number;
  delivered: number;
  missing: number;
  p50: number;
  p95: number;
  p99: number;
  /** How far the generator itself was behind, in milliseconds. */
  behind: number;
  closed: number;
  /** The clocks of the scripts' clients after the last update sent. */
  clocks: [client: number, clock: number][];
}

export type Told = { told: 'measuring' } | { told: 'done'; answer: unknown };

const tell = (message: Told) => void process.send!(message);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let held: LeanClient[] = [];

async function joined(url: string, rooms: readonly string[], cookies: readonly string[], clients: number) {
  const waiting = rooms.flatMap((room) => Array.from({ length: clients }, (_, index) => ({ room, index })));
  const made: LeanClient[][] = [];
  const at = new Map(rooms.map((room, index) => [room, (made[index] = [])]));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { client } = await connectLean(url, next.room, cookies[next.index % cookies.length]!);
      at.get(next.room)![next.index] = client as never;
    }
  };
  await Promise.all(Array.from({ length: 20 }, work));
  return made;
}

/** One script in one room: when each update was sent, and what arrived at each reader. */
interface Writer {
  client: LeanClient;
  steps: readonly (Step & { frame: Uint8Array })[];
  sent: number[];
}

async function write(job: Extract<Job, { kind: 'write' }>): Promise<Written> {
  const { url, rooms, cookies, clients, scripts, rate, warmup, seconds } = job;
  const steps = scripts.map((script) => scriptOf(script).map((step) => ({ ...step, frame: updateFrame(step.update) })));
  const made = await joined(url, rooms, cookies, clients);
  const latencies: number[] = [];
  let from = Infinity;
  let sent = 0;
  const writers: Writer[] = [];
  for (const room of made) {
    const roomWriters = scripts.map((_, index): Writer => ({ client: room[index]!, steps: steps[index]!, sent: [] }));
    writers.push(...roomWriters);
    const byClient = new Map(scripts.map(({ client }, index) => [client, roomWriters[index]!]));
    for (const reader of room) {
      const arrived = new Map<number, number>();
      reader.onupdate = (update) => {
        const now = performance.now();
        for (const [client, clock] of Y.parseUpdateMeta(update).to) {
          const writer = byClient.get(client);
          if (!writer || writer.client === reader) continue;
          let at = arrived.get(client) ?? 0;
          for (; at < writer.sent.length && writer.steps[at]!.clock <= clock; at++) {
            if (writer.sent[at]! >= from) latencies.push(now - writer.sent[at]!);
          }
          arrived.set(client, at);
        }
      };
    }
  }
  const began = performance.now();
  const gap = 1000 / (rate * writers.length);
  const total = Math.floor(((warmup + seconds) * 1000) / gap);
  let behind = 0;
  for (let n = 0; n < total;) {
    const due = Math.min(total, Math.floor((performance.now() - began) / gap));
    for (; n < due; n++) {
      const now = performance.now();
      if (from === Infinity && now - began >= warmup * 1000) {
        from = now;
        tell({ told: 'measuring' });
      }
      if (from !== Infinity) {
        sent += 1;
        behind = Math.max(behind, now - began - n * gap);
      }
      const { client, steps, sent: moments } = writers[n % writers.length]!;
      if (client.closedWith !== null) continue;
      moments.push(now);
      client.send(steps[moments.length - 1]!.frame);
    }
    await pause(1);
  }
  const expected = sent * (clients - 1);
  for (let waited = 0; latencies.length < expected && waited < 40; waited++) await pause(50);
  const closed = made.flat().filter(({ closedWith }) => closedWith !== null).length;
  const clocks = scripts.map(({ client }, index): [number, number] => {
    const { sent, steps } = writers[index]!;
    return [client, steps[sent.length - 1]?.clock ?? 0];
  });
  for (const client of made.flat()) client.close();
  return {
    sent,
    delivered: latencies.length,
    missing: expected - latencies.length,
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    p99: quantile(latencies, 0.99),
    behind,
    closed,
    clocks,
  };
}

/** Like a person's browser: the time until the document is loaded, and whether it was complete at `synced`. */
async function open({ url, room, cookie, clocks }: Extract<Job, { kind: 'open' }>) {
  const began = performance.now();
  const { client, state } = await connectLean(url, room, cookie);
  const answered = performance.now() - began;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const ms = performance.now() - began;
  const whole = clocks.every(([id, clock]) => Y.getState(doc.store, id) >= clock);
  client.close();
  return { ms, answered, whole, bytes: state.byteLength };
}

async function answer(job: Job): Promise<unknown> {
  if (job.kind === 'write') return write(job);
  if (job.kind === 'open') return open(job);
  for (const client of held.splice(0)) client.close();
  if (job.kind === 'hold') held = (await joined(job.url, job.rooms, job.cookies, job.clients)).flat();
  return held.length;
}

process.on('message', (job: Job) => {
  answer(job).then(
    (answer) => tell({ told: 'done', answer }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));
