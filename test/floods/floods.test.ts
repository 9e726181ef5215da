import { beforeAll, expect, test } from 'vitest';
import { floodKinds, type FloodKind } from '#test/load/flooder.ts';
import { benchFloods, type FloodCost } from '#test/load/floods.ts';
import { findPostgres } from '#test/support/postgres.ts';

/**
 * In milliseconds: the allowed delay that one person may cause another. Below it, a ratio measures the machine instead.
 */
const longest = 100;

let costs: Map<FloodKind, FloodCost>;
beforeAll(async () => {
  const measured = await benchFloods(await findPostgres());
  costs = new Map(measured.map((cost) => [cost.kind, cost]));
}, 600_000);

function nobodyWaits(kind: FloodKind): void {
  const { idle, flooded, answers } = costs.get(kind)!;
  expect(Object.values(answers).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  expect(flooded, `p95 of somebody else: ${idle} ms idle`).toBeLessThan(Math.max(3 * idle, longest));
}

const ofContent: readonly FloodKind[] = ['long tables', 'large files'];

test('one member who sends records with long tables delays nobody else (fault S3)', () => nobodyWaits('long tables'));
test('one member who sends large files delays nobody else (fault S25)', () => nobodyWaits('large files'));
test.each(floodKinds.filter((kind) => !ofContent.includes(kind)))(
  'one member who floods by %s delays nobody else (fault S8)',
  nobodyWaits,
);
