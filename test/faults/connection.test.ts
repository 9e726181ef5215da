import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DatabaseUnavailable, isUnavailable } from '#server/db/driver/client.ts';
import { openConnection } from '#server/db/driver/connection.ts';
import manifest from '../../package.json' with { type: 'json' };
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts';
import { comeBack, goAway, killConnections } from '#test/support/outage.ts';
import { seeded } from '#test/support/seeded.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.db.execute(sql`create table marks (work integer not null, step integer not null)`);
});
afterEach(() => comeBack(database));
afterAll(() => database.close());

type Marks = { work: number; step: number }[];
const marks = async () => (await database.db.execute(sql`select work, step from marks`)) as unknown as Marks;
const mark = (work: number, step: number) => sql`insert into marks values (${work}, ${step})`;

test('the driver is pinned to the version whose behaviour is tested here (fault S1)', () => {
  const entry = createRequire(import.meta.url).resolve('postgres');
  const { version } = JSON.parse(readFileSync(join(entry, '../../../package.json'), 'utf8')) as { version: string };
  expect(manifest.dependencies.postgres).toBe(version);
});

test('a query whose connection dies is rejected, and the next one gets a new connection (fault S1)', async () => {
  const sleeping = database.db.execute(sql`select pg_sleep(30)`);
  const outcome = sleeping.then(
    () => null,
    (error: unknown) => error,
  );
  while ((await killConnections(database, 10, true)) === 0);
  expect(isUnavailable(await outcome)).toBe(true);
  expect(await database.db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

test('the rest of a transaction whose connection died runs nowhere, and ends no other transaction (fault S1)', async () => {
  let goOn = () => {};
  const killed = new Promise<void>((resolve) => (goOn = resolve));
  const dead = database.db.transaction(async (tx) => {
    await tx.execute(mark(1, 1));
    await killed;
    // A decision based on this transaction's reads must not be written in another one.
    await tx.execute(mark(1, 2));
  });
  const outcome = dead.catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await killConnections(database);
  const others = Array.from({ length: 10 }, (_, index) =>
    database.db.transaction(async (tx) => {
      await tx.execute(mark(100 + index, 1));
      goOn();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.execute(mark(100 + index, 2));
    }),
  );
  await Promise.all(others);
  expect(isUnavailable(await outcome)).toBe(true);
  const found = await marks();
  expect(found.filter(({ work }) => work === 1)).toEqual([]);
  expect(found.filter(({ work }) => work >= 100)).toHaveLength(20);
});

test('statements queued behind the first one fail with it (fault S1)', async () => {
  await database.db.execute(sql`truncate marks`);
  const together = database.db.transaction((tx) =>
    // Each text is new to its connection, so the driver sends the next one only after it has the types of this one.
    Promise.all([
      tx.execute(sql`select pg_sleep(${30}::integer)`),
      ...Array.from({ length: 20 }, (_, index) =>
        tx.execute(sql`insert into marks values (${7}, ${index}) ${sql.raw(`/* ${index} */`)}`),
      ),
    ]),
  );
  const outcome = together.catch((error: unknown) => error);
  while ((await killConnections(database, 10, true)) === 0);
  expect(isUnavailable(await outcome)).toBe(true);
  expect(await marks()).toEqual([]);
});

test('while the database is away everything is rejected immediately, and works again when it is back (fault S1)', async () => {
  await goAway(database);
  const asked = Array.from({ length: 30 }, () => database.db.execute(sql`select 1`));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.every((outcome) => outcome.status === 'rejected' && isUnavailable(outcome.reason))).toBe(true);
  await expect(openConnection(database.url!)).rejects.toBeInstanceOf(DatabaseUnavailable);
  await comeBack(database);
  await Promise.all(Array.from({ length: 30 }, () => database.db.execute(sql`select 1`)));
});

test('after 100 kills in the middle of work every transaction is complete or absent, and acknowledged ones are present (fault S1)', async () => {
  await database.db.execute(sql`truncate marks`);
  const random = seeded(7);
  const acknowledged: number[] = [];
  const strange: unknown[] = [];
  let works = 0;
  let goingOn = true;
  async function worker() {
    while (goingOn) {
      const work = ++works;
      try {
        await database.db.transaction(async (tx) => {
          await tx.execute(mark(work, 1));
          await Promise.all([tx.execute(sql`select pg_sleep(0.003)`), tx.execute(mark(work, 2))]);
          await tx.execute(mark(work, 3));
        });
        acknowledged.push(work);
        await database.db.execute(sql`select ${work}::integer`);
      } catch (error) {
        if (!isUnavailable(error)) strange.push(error);
      }
    }
  }
  const workers = Array.from({ length: 16 }, worker);
  try {
    for (let killed = 0; killed < 100;) {
      await new Promise((resolve) => setTimeout(resolve, random.below(10)));
      killed += await killConnections(database, 1 + random.below(3), true);
    }
  } finally {
    goingOn = false;
  }
  await Promise.all(workers);
  const steps = Map.groupBy(await marks(), ({ work }) => work);
  expect(strange).toEqual([]);
  expect([...steps].filter(([, { length }]) => length !== 3)).toEqual([]);
  expect(acknowledged.filter((work) => !steps.has(work))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
});
