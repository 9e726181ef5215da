import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '#server/db/driver/open-database.ts';
import type { Board } from '#shared/contract/record.ts';
import { fill } from './fill.ts';
import { floodKinds, type Answers, type Flood, type FloodKind } from './flooder.ts';
import { quantile } from './measure.ts';
import { addPeople } from './people.ts';
import { place } from './place.ts';
import { spawnServer, withoutPages, type SpawnedServer } from './spawned-server.ts';

const secret = 'a secret that only the flood tests know!';
const records = 2_000;
/** Number of window pairs, one idle and one under the flood, so that other load on the machine affects both. */
const rounds = 4;
const windowMs = 800;

/**
 * Cost of a flood for another person: the 95th percentile of their requests in milliseconds, idle and under the flood.
 */
export interface FloodCost {
  kind: FloodKind;
  idle: number;
  flooded: number;
  answers: Answers;
}

/** A person who moves cards and opens the board while another member floods in one way after the other. */
export async function measureFloods(postgres: string, kinds: readonly FloodKind[] = floodKinds): Promise<FloodCost[]> {
  const { config, env, clear } = await place(postgres);
  const database = await openDatabase(config);
  const filled = await fill(database.db, secret, records);
  const [victim] = await addPeople(database.db, secret, filled, 'lead', 1);
  // Every budget is full at the start, so each flood uses a different member.
  const flooders = await addPeople(database.db, secret, filled, 'dataOwner', kinds.length);
  await database.close();
  const server = await spawnServer({ ...env, AUTH_SECRET: secret }, withoutPages);
  try {
    const work = await victimOn(server, filled.scope, victim!);
    await work(2_000);
    const costs: FloodCost[] = [];
    for (const [at, kind] of kinds.entries()) {
      const { organisation, scope } = filled;
      const job: Flood = { kind, url: server.url, cookie: flooders[at]!, organisation, scope };
      costs.push({ kind, ...(await costOf(job, work)) });
    }
    return costs;
  } finally {
    await server.stop();
    await clear();
  }
}

async function costOf(job: Flood, work: (milliseconds: number) => Promise<number[]>) {
  const [idle, flooded]: [number[], number[]] = [[], []];
  const answers: Answers = {};
  for (let round = 0; round < rounds; round++) {
    idle.push(...(await work(windowMs)));
    const stop = await startFlood(job);
    await setTimeout(300);
    flooded.push(...(await work(windowMs)));
    for (const [answer, count] of Object.entries(await stop())) answers[answer] = (answers[answer] ?? 0) + count;
    // Requests in flight finish before the next idle window.
    await setTimeout(500);
  }
  return { idle: quantile(idle, 0.95), flooded: quantile(flooded, 0.95), answers };
}

async function startFlood(job: Flood): Promise<() => Promise<Answers>> {
  const child = fork(fileURLToPath(new URL('./flooder.ts', import.meta.url)), { execArgv: [] });
  // It simulates other machines, so its CPU priority is below that of the server and the victim.
  setPriority(child.pid!, constants.priority.PRIORITY_BELOW_NORMAL);
  child.send(job);
  await once(child, 'message');
  return async () => {
    const said = once(child, 'message');
    child.send('stop');
    const [answers] = (await said) as [Answers];
    return answers;
  };
}

/** Works for a while at a person's pace, and returns the duration of each request. */
async function victimOn({ url }: SpawnedServer, scope: string, cookie: string) {
  const open = async () => {
    const response = await fetch(`${url}/api/scopes/${scope}/board`, { headers: { cookie } });
    if (!response.ok) throw new Error(`the victim's board: ${response.status}`);
    return (await response.json()) as Board;
  };
  const { columns } = await open();
  const cards = columns.flatMap((column) => column.cards);
  let n = 0;
  const move = async () => {
    const card = cards[n++ % cards.length]!;
    const response = await fetch(`${url}/api/records/${card.id}/move`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
      body: JSON.stringify({ from: card.stage, to: card.stage, after: null }),
    });
    if (!response.ok) throw new Error(`the victim's move: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  return async (milliseconds: number) => {
    const times: number[] = [];
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      for (const act of [move, open]) {
        const began = performance.now();
        await act();
        times.push(performance.now() - began);
        await setTimeout(15);
      }
    }
    return times;
  };
}

/** Measures, and prints the figures of every flood as a table. */
export async function benchFloods(postgres: string): Promise<FloodCost[]> {
  const costs = await measureFloods(postgres);
  console.table(
    Object.fromEntries(
      costs.map(({ kind, idle, flooded, answers }) => [
        kind,
        {
          'idle p95': `${idle.toFixed(1)} ms`,
          'flooded p95': `${flooded.toFixed(1)} ms`,
          ratio: (flooded / idle).toFixed(2),
          answers: Object.entries(answers)
            .map(([answer, count]) => `${answer}: ${count}`)
            .join(', '),
        },
      ]),
    ),
  );
  return costs;
}
