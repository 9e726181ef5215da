import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import type { StageKey } from '#shared/contract/stage.ts';
import { judgeChanges } from '#shared/domain/document-policy.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { newDocument, projectDocument } from '#shared/domain/record-document.ts';
import { content } from '#test/support/documents.ts';
import { oracle, type Occasion } from '#test/support/document-oracle.ts';
import { madeUp, type MadeUp, type Scene } from '#test/support/hostile-updates.ts';
import { seeded, type Seeded } from '#test/support/seeded.ts';
import { applyPart, copyOf, type Copy } from './working-copy.ts';

const long = Boolean(process.env['LONG']);
/** The seed of the run; SEED=7 repeats a run. */
const seed = Number(process.env['SEED'] ?? 4);
const updates = long ? 100_000 : 3_000;

interface World {
  scene: Scene & { sent: Uint8Array[] };
  owners: Map<number, string>;
  stage: StageKey;
  copy: Copy;
  /** The document of a client that received every relayed update and nothing else. */
  replica: Y.Doc;
}

const duties = [['dataOwner'], ['reviewer'], ['lead'], ['outputPreparer', 'signatory'], ['observer']] as const;

function newWorld(random: Seeded): World {
  const people = duties.map((held, n) => ({
    id: random.id(),
    admin: false,
    duties: held,
    clients: [1_000 + n * 10, 900 - n * 10].map((client) => client * 1_000 + random.below(1_000)),
  }));
  const state = newDocument();
  const replica = new Y.Doc();
  Y.applyUpdate(replica, state);
  const owners = new Map<number, string>();
  const scene = { state, people, now: new Date('2026-11-25T08:00:00.000Z'), sent: [] };
  return { scene, owners, stage: random.oneOf(stageKeys), copy: copyFrom(state, owners), replica };
}

const copyFrom = (state: Uint8Array, owners: ReadonlyMap<number, string>): Copy =>
  copyOf({ updates: [state], last: 0, rows: 0, owners: new Map(owners) });

/** Judges an update as the server does; a refused update must leave no trace. */
function send(world: World, { update, by }: MadeUp): 'refuse' | 'allow' | 'nothing' {
  const { scene, stage, copy, owners, replica } = world;
  const applied = applyPart(copy, { id: by.id, name: by.id }, [update.slice()]);
  if (applied.state === 'unchanged') return 'nothing';
  const finding =
    applied.state === 'refused' ? applied.finding : judgeChanges(applied.part.changes, by, { stage }, scene.now);
  if (applied.state === 'refused' || finding) {
    expect(finding!.rule).toMatch(/^D(0[1-9]|11)$/);
    world.copy = copyFrom(scene.state, owners);
    return 'refuse';
  }
  const { part } = applied;
  for (const client of part.claims) owners.set(client, by.id);
  Y.applyUpdate(replica, part.update);
  scene.state = Y.encodeStateAsUpdate(replica);
  scene.sent.push(part.update);
  if (scene.sent.length > 40) scene.sent.shift();
  expect([replica.store.pendingStructs, replica.store.pendingDs]).toEqual([null, null]);
  expect(content(replica)).toEqual(content(copy.doc));
  expect(Y.encodeStateVector(replica)).toEqual(Y.encodeStateVector(copy.doc));
  if (part.projection) expect(part.projection).toEqual(projectDocument(replica));
  return 'allow';
}

test(
  `an independent oracle confirms the decisions on ${updates} updates, most of them hostile`,
  { timeout: 3_600_000 },
  () => {
    const random = seeded(seed);
    const tally: Record<string, Record<string, number>> = {};
    const heap: number[] = [];
    let slowest = { kind: '', ms: 0 };
    let world = newWorld(random);
    for (let n = 0; n < updates; n++) {
      if (world.scene.state.byteLength > 10_000) world = newWorld(random);
      const one = madeUp(world.scene, random);
      const occasion: Occasion = { ...world.scene, owners: new Map(world.owners), by: one.by, stage: world.stage };
      // CPU time of this thread only; other load on the machine does not count.
      const start = process.threadCpuUsage();
      const decided = send(world, one);
      const { user, system } = process.threadCpuUsage(start);
      const ms = (user + system) / 1_000;
      if (ms > slowest.ms) slowest = { kind: one.kind, ms };
      const wanted = oracle(one.update, occasion);
      const counts = (tally[one.kind] ??= {});
      counts[decided] = (counts[decided] ?? 0) + 1;
      const isHonest = one.kind === 'honest' || one.kind === 'written on two pages';
      const same = decided === wanted || (wanted === 'nothing' && !(isHonest && decided === 'refuse'));
      if (!same) {
        const bytes = Buffer.from(one.update).toString('base64');
        throw new Error(`seed ${seed}, update ${n}, ${one.kind}: ${decided} instead of ${wanted}\n${bytes}`);
      }
      if (long && n % 20_000 === 19_999) heap.push(heapNow());
    }
    const allowed = Object.values(tally).reduce((sum, { allow = 0 }) => sum + allow, 0);
    expect(tally['honest']!['allow']).toBeGreaterThan(updates / 40);
    expect(allowed).toBeGreaterThan(updates / 20);
    if (!long) return;
    console.warn(JSON.stringify({ seed, updates, allowed, slowest, heap, tally }, null, 1));
    expect(slowest.ms).toBeLessThan(50);
    expect(heap.at(-1)! - heap[0]!).toBeLessThan(20);
  },
);

/** MiB in use after garbage collection. */
function heapNow(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}
