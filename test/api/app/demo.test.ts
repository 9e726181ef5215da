import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '#shared/domain/judge.ts';
import { nextStage, stageKeys } from '#shared/domain/operating-model.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { judgements, records, standupItems, standups, trails } from '#server/db/schema.ts';
import { seedDemo } from '#server/demo/seed-demo.ts';
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await seedDemo(database.db);
});
afterAll(() => database?.close());

test('fills every column with cards whose next gate is open and cards whose gate is closed', async () => {
  const rows = await database.db.select().from(records);
  expect(rows.length).toBeGreaterThanOrEqual(55);
  expect(rows.some(({ openExceptions }) => openExceptions > 0)).toBe(true);
  for (const stage of stageKeys.slice(0, -1)) {
    const next = nextStage(stage);
    const shut = rows
      .filter((row) => row.stage === stage)
      .map((row) => row.gates.find((gate) => gate.stage === next)!.errors > 0);
    expect(new Set(shut), stage).toEqual(new Set([true, false]));
  }
  expect(rows.filter(({ stage }) => stage === 'archive').length).toBeGreaterThan(0);
});

test('stores with every record exactly its current verdicts', async () => {
  const { db } = database;
  for (const row of await db.select().from(records)) {
    const facts = await db.transaction((tx) => gatherFacts(tx, [row], new Date()));
    const [stored] = await db.select().from(judgements).where(eq(judgements.recordId, row.id));
    expect(judge(facts.get(row.id)!).verdicts).toEqual(stored!.verdicts);
  }
});

test('leaves gapless trails, and counts that match the cards', async () => {
  const { db } = database;
  expect(await checkTrails(db)).toMatchObject({ breaks: [] });
  const rows = await db.select().from(records);
  const [trail] = await db.select().from(trails).where(eq(trails.id, rows[0]!.scopeId));
  for (const stage of stageKeys)
    expect(trail!.counts[stage], stage).toBe(rows.filter((row) => row.stage === stage).length);
});

test('holds one standup, which decides most of its records and leaves one for the next', async () => {
  const { db } = database;
  const held = await db.select().from(standups);
  expect(held).toHaveLength(1);
  expect(held[0]!.endedAt).not.toBeNull();
  const items = await db.select().from(standupItems);
  expect(items.filter(({ outcome }) => outcome !== null)).toHaveLength(4);
  expect(items.filter(({ reachedAt }) => reachedAt === null)).toHaveLength(1);
});
