import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { documentContext, secret, type DocumentContext } from './document-context.ts';
import type { ScriptOf, Writing } from './document-script.ts';
import type { Job, Told, Written } from './generator.ts';
import { judgingCost } from './judging.ts';
import { quantile } from './measure.ts';
import { place } from './place.ts';
import { spawnServer, withoutPages, type SpawnedServer } from './spawned-server.ts';

const loads = ['fanout', 'many', 'idle', 'open', 'judging'] as const;
const history = 10_000;
const tolerated = 100;

interface Options {
  postgres: string | undefined;
  only?: readonly string[] | undefined;
  /** Updates per second over many documents. */
  rates: readonly number[];
}

type Row = Record<string, string>;

/** The document sockets, beside a bare relay and the figures of comparable servers. */
export async function benchDocuments({ postgres, only = loads, rates }: Options): Promise<void> {
  const generator = startGenerator();
  const relay = await spawnServer({}, ['test/load/relay-floor.ts']);
  const { config, env, clear } = await place(postgres);
  const wanted = { fanout: 5, many: 2 * rates.reduce((sum, rate) => sum + rate / 2, 0), idle: 1000, open: 1 };
  const records = Object.entries(wanted).reduce((sum, [load, count]) => sum + (only.includes(load) ? count : 0), 0);
  const ctx = await documentContext(config, { records: Math.max(1, records), writers: 10 });
  const begin = () => spawnServer({ ...env, AUTH_SECRET: secret }, withoutPages);
  let server = await begin();
  const world: World = { generator, relay, ctx, server: () => server };
  const rows: Record<string, Row> = {};
  const show = (name: string, row: Row) => {
    rows[name] = row;
    console.log(name, row);
  };
  if (only.includes('judging')) judging(show);
  if (only.includes('fanout')) await fanOut(world, show);
  if (only.includes('idle')) {
    // Memory is easiest to attribute in a fresh process.
    await server.stop();
    server = await begin();
    await idle(world, show);
  }
  if (only.includes('open')) {
    await open(world, show, async () => {
      await server.stop();
      server = await begin();
    });
  }
  if (only.includes('many')) {
    for (const writing of ['typing', 'mixed'] as const) await many(world, writing, rates, show);
  }
  await server.stop();
  await relay.stop();
  generator.end();
  await clear();
  console.table(rows);
}

interface World {
  generator: Generator;
  relay: SpawnedServer;
  ctx: DocumentContext;
  server(): SpawnedServer;
}

type Show = (name: string, row: Row) => void;

interface Generator {
  /** Calls `measuring` when the warm-up is over. */
  run<Answer>(job: Job, measuring?: () => void): Promise<Answer>;
  end(): void;
}

function startGenerator(): Generator {
  const child: ChildProcess = fork(fileURLToPath(new URL('generator.ts', import.meta.url)));
  return {
    run: (job, measuring) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error('the generator ended'));
        const hear = (message: Told) => {
          if (message.told === 'measuring') return measuring?.();
          child.off('message', hear).off('exit', gone);
          resolve(message.answer as never);
        };
        child.on('message', hear).once('exit', gone);
        child.send(job);
      }),
    end: () => child.disconnect(),
  };
}

/** Runs a writing job and adds the CPU seconds that the server used for it. */
async function written(
  { generator, ctx }: World,
  server: SpawnedServer,
  job: Omit<Extract<Job, { kind: 'write' }>, 'kind' | 'url' | 'cookies' | 'warmup'>,
): Promise<Written & { cpu: number }> {
  let before = 0;
  const cookies = ctx.writers.map(({ cookie }) => cookie);
  const answer = await generator.run<Written>({ ...job, kind: 'write', url: server.url, cookies, warmup: 3 }, () => {
    before = server.cpu();
  });
  return { ...answer, cpu: server.cpu() - before };
}

function script(ctx: DocumentContext, index: number, writing: Writing, updates: number): ScriptOf {
  return { person: ctx.writers[index]!, client: 2_000_000 + index, writing, updates };
}

const latency = ({ p50, p95, p99 }: Written) => `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`;
const trouble = ({ missing, closed, behind }: Written) =>
  [
    missing > 0 && `${missing} missing`,
    closed > 0 && `${closed} closed`,
    behind > 50 && `generator ${behind.toFixed(0)} ms behind`,
  ]
    .filter(Boolean)
    .join(', ');

function judging(show: Show): void {
  for (const kind of ['tick', 'character', 'comment'] as const) {
    judgingCost(kind);
    const { applied, judged } = judgingCost(kind);
    show(`judging one ${kind} / applying it with a listener`, {
      ours: `${judged.toFixed(1)} / ${applied.toFixed(1)} µs: ${(judged / applied).toFixed(2)}x`,
      'to reach': '1.7x',
    });
  }
}

async function fanOut(world: World, show: Show): Promise<void> {
  const { ctx, relay } = world;
  const seconds = 8;
  const peers: Record<number, Row> = {
    10: { 'in memory': '1.3 / 2.5 / 3.8', LevelDB: '1.4 / 2.2 / 3.1', Hocuspocus: '1.6 / 2.9 / 3.7' },
    50: { 'in memory': '2.5 / 4.7 / 6.3', LevelDB: '1.9 / 3.3 / 4.3', Hocuspocus: '2.8 / 5.1 / 6.6' },
    100: { 'in memory': '3.7 / 6.9 / 8.2', LevelDB: '2.7 / 4.4 / 5.5', Hocuspocus: '3.9 / 6.5 / 8.4' },
  };
  for (const clients of [10, 50, 100]) {
    const rooms = [ctx.records[[10, 50, 100].indexOf(clients)]!];
    const job = (writing: Writing) => ({
      rooms,
      clients,
      scripts: [script(ctx, 0, writing, 60 * (seconds + 3))],
      rate: 50,
      seconds,
    });
    const floor = await written(world, relay, job('mixed'));
    const ours = await written(world, world.server(), job('mixed'));
    const each = ({ cpu, delivered }: Written & { cpu: number }) => (cpu / delivered) * 1e6;
    show(`fan-out, ${clients} clients, 50 updates/s, p50 / p95 / p99`, {
      ours: `${latency(ours)} ${trouble(ours)}`,
      relay: latency(floor),
      'to reach': clients === 100 ? '6 / - / 15 ms' : '',
      ...peers[clients],
    });
    show(`  processor time per delivery, ${clients} clients`, {
      ours: `${each(ours).toFixed(0)} µs: ${(each(ours) / each(floor)).toFixed(2)}x`,
      relay: `${each(floor).toFixed(0)} µs`,
      'to reach': '1.5x',
    });
  }
}

async function many(world: World, writing: Writing, rates: readonly number[], show: Show): Promise<void> {
  const { ctx, relay } = world;
  const seconds = 8;
  let from = 5 + (writing === 'mixed' ? rates.reduce((sum, rate) => sum + rate / 2, 0) : 0);
  let sustained = 0;
  for (const rate of rates) {
    const job = {
      rooms: ctx.records.slice(from, (from += rate / 2)),
      clients: 2,
      scripts: [0, 1].map((index) => script(ctx, index, writing, seconds + 5)),
      rate: 1,
      seconds,
    };
    const floor = await written(world, relay, job);
    const ours = await written(world, world.server(), job);
    if (ours.p99 <= tolerated && ours.missing === 0) sustained = rate;
    const each = ({ cpu, sent }: Written & { cpu: number }) => ((cpu / sent) * 1000).toFixed(3);
    show(`many documents, ${writing}, ${rate} updates/s, p50 / p95 / p99`, {
      ours: `${latency(ours)} ${trouble(ours)}`,
      relay: `${latency(floor)} ${trouble(floor)}`,
      'to reach': rate === 4000 ? `${tolerated} ms` : '',
    });
    show(`  processor seconds per 1,000 updates, ${writing}, ${rate}/s`, {
      ours: each(ours),
      relay: each(floor),
      'to reach': rate === 1000 ? '0.40' : '',
      ...(rate === 1000 && { 'in memory': '0.173', LevelDB: '0.379', Hocuspocus: '0.275' }),
    });
  }
  show(`updates/s with p99 within ${tolerated} ms, ${writing}`, {
    ours: String(sustained),
    'to reach': '4,000 (PostgreSQL)',
    'in memory': '6,000',
    LevelDB: '8,000',
    Hocuspocus: '1,000',
  });
}

async function idle({ generator, ctx, relay, server }: World, show: Show): Promise<void> {
  const cookies = ctx.writers.map(({ cookie }) => cookie);
  const held = async (at: SpawnedServer, rooms: readonly string[], clients: number) => {
    const warm = { kind: 'hold', url: at.url, rooms: ctx.records.slice(-100), cookies, clients: 2 } as const;
    await generator.run(warm);
    await generator.run({ kind: 'release' });
    await settled();
    const before = at.memory();
    const count = await generator.run<number>({ kind: 'hold', url: at.url, rooms, cookies, clients });
    await settled();
    const used = ((at.memory() - before) / count) * 1000;
    await generator.run({ kind: 'release' });
    await settled();
    return `${used.toFixed(0)} MB`;
  };
  const pairs = ctx.records.slice(0, 1000);
  for (const [name, rooms, clients, peers] of [
    ['all in one document', pairs.slice(0, 1), 1000, { 'in memory': '8 MB', LevelDB: '10 MB', Hocuspocus: '31 MB' }],
    ['two per document', pairs, 2, { 'in memory': '17 MB', LevelDB: '26 MB', Hocuspocus: '37 MB' }],
  ] as const) {
    show(`memory per 1,000 idle connections, ${name}`, {
      ours: await held(server(), rooms, clients),
      relay: await held(relay, rooms, clients),
      'to reach': '25 MB',
      ...peers,
    });
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 4000));

async function open(world: World, show: Show, restart: () => Promise<void>): Promise<void> {
  const { generator, ctx } = world;
  const room = ctx.records[3]!;
  const writers = ctx.writers.length;
  // Ten people at a hundred updates per second each: the server bounds the rate of one connection.
  const each = history / writers;
  const { clocks, missing } = await written(world, world.server(), {
    rooms: [room],
    clients: writers,
    scripts: ctx.writers.map((_, index) => script(ctx, index, 'mixed', each + 10)),
    rate: 100,
    seconds: each / 100 - 3,
  });
  if (missing > 0) throw new Error(`${missing} updates of the history did not arrive`);
  const cookie = ctx.writers[0]!.cookie;
  let early = 0;
  let opened = 0;
  let bytes = 0;
  const once = async () => {
    const job: Job = { kind: 'open', url: world.server().url, room, cookie, clocks };
    const answer = await generator.run<{ ms: number; whole: boolean; bytes: number }>(job);
    opened += 1;
    if (!answer.whole) early += 1;
    bytes = answer.bytes;
    return answer.ms;
  };
  const five = async (before: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let n = 0; n < 5; n++) {
      await before();
      times.push(await once());
    }
    return `${quantile(times, 0.5).toFixed(0)} ms`;
  };
  const cookies = [cookie];
  await restart();
  await generator.run({ kind: 'hold', url: world.server().url, rooms: [room], cookies, clients: 1 });
  await once();
  const hot = await five(async () => {});
  await generator.run({ kind: 'release' });
  const left = await five(() => new Promise((resolve) => setTimeout(resolve, 500)));
  const cold = await five(restart);
  show(`open a document with ${history.toLocaleString('en')} updates: hot`, {
    ours: hot,
    'to reach': '45 ms',
    'in memory': '70 ms',
    LevelDB: '65 ms',
    Hocuspocus: '45 ms',
  });
  show('  after everybody left', { ours: left, 'in memory': '47 ms', LevelDB: '117 ms', Hocuspocus: '81 ms' });
  show('  after a restart', {
    ours: cold,
    'to reach': '60 ms',
    'in memory': 'gone',
    LevelDB: '234 ms',
    Hocuspocus: '155 ms',
  });
  show('  said "synced" before it was complete', {
    ours: `${early} of ${opened} (${(bytes / 1024).toFixed(0)} KB)`,
    'to reach': '0',
    'in memory': 'yes',
    LevelDB: '5 of 5',
    Hocuspocus: '0',
  });
}
