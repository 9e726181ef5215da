import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisations } from '#server/db/schema.ts';
import { given, namesOf, statement } from '#server/db/driver/statement.ts';
import { v7 } from '#server/db/driver/uuid.ts';
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

const found = statement((db) => db.insert(organisations).values(given(...namesOf(organisations))));
const named = statement((db) =>
  db
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, sql.placeholder('id'))),
);
const organisation = (name: string) => ({ id: v7(), name, timeZone: 'UTC', createdAt: new Date() });

test('a statement runs in the transaction passed to it, not in the one it was built in', async () => {
  const undone = organisation('Undone');
  const kept = organisation('Kept');
  const building = database.db.transaction(async (tx) => {
    await found(tx, undone);
    expect(await named(tx, { id: undone.id })).toEqual([{ name: 'Undone' }]);
    throw new Error('taken back');
  });
  await expect(building).rejects.toThrow('taken back');
  await database.db.transaction((tx) => found(tx, kept));
  expect(await named(database.db, { id: undone.id })).toEqual([]);
  expect(await named(database.db, { id: kept.id })).toEqual([{ name: 'Kept' }]);
});

test('pipelined statements run in order, and a failed one rolls back its whole transaction', async () => {
  const first = organisation('First');
  const sent = database.db.transaction((tx) =>
    Promise.all([found(tx, first), named(tx, first), found(tx, first), named(tx, first)]),
  );
  await expect(sent).rejects.toMatchObject({ cause: { code: '23505' } });
  expect(await named(database.db, first)).toEqual([]);
  const [, rows] = await database.db.transaction((tx) => Promise.all([found(tx, first), named(tx, first)]));
  expect(rows).toEqual([{ name: 'First' }]);
});
