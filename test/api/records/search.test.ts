import { readdir, readFile } from 'node:fs/promises';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { passesFilter } from '#shared/domain/card-filter.ts';
import { foldedText } from '#shared/domain/folded-text.ts';
import { folded } from '#server/db/folded-text.ts';
import { records, trails } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, vehicle } from '#test/support/records.ts';

const ctx = useTestServer();
const route = 'get /api/scopes/{scope}/search';
const found = async (text: string, { users } = ctx) =>
  (await users.observer.call(route, { params: { scope: users.scope }, query: { text } })).records;

test('finds a record by its reference, its VIN and its type, in any case', async () => {
  const { users } = ctx;
  const one = await newRecord(users);
  const other = await newRecord(users);
  expect((await found(one.reference.toLowerCase()))[0]).toEqual({
    id: one.id,
    reference: one.reference,
    stage: 'intake',
    make: one.make,
    type: one.type,
    commercialName: one.commercialName,
    vin: one.vin,
  });
  const byVin = await found(one.vin!.slice(3).toLowerCase());
  expect(byVin.map(({ id }) => id)).toEqual([one.id]);
  const ofType = (await found(one.type!.toLowerCase())).map(({ id }) => id);
  expect(ofType).toContain(one.id);
  expect(ofType).not.toContain(other.id);
});

test('an exact reference match comes before partial ones', async () => {
  const { users } = ctx;
  const first = await newRecord(users);
  for (let made = 0; made < 21; made++) await newRecord(users, vehicle({}));
  const prefix = first.reference.slice(0, first.reference.indexOf('-') + 1);
  expect(await found(prefix)).toHaveLength(20);
  const last = await newRecord(users);
  expect((await found(last.reference))[0]?.id).toBe(last.id);
});

test('special characters of the database are literal', async () => {
  await newRecord(ctx.users);
  expect(await found('%%%')).toEqual([]);
  expect(await found('___')).toEqual([]);
});

test('refuses fewer than three characters: they would read every record', async () => {
  const { users } = ctx;
  const problem = await users.observer.refused(route, { params: { scope: users.scope }, query: { text: ' PT ' } });
  expect(problem.status).toBe(400);
});

test('a person without access to the scope finds nothing', async () => {
  const { users } = ctx;
  const { reference } = await newRecord(users);
  const problem = await users.elsewhere.admin.refused(route, {
    params: { scope: users.scope },
    query: { text: reference },
  });
  expect(problem.status).toBe(404);
});

const named = (name: string) =>
  vehicle({ 'CocDataGroup/CommercialNameTable/CommercialNameGroup/0/CommercialName': name });

test.each([
  ['skoda', 'Škoda'],
  ['STRASSE', 'Straße'],
  ['Citroën', 'Citroe\u0308n'],
  ['Citroe\u0308n', 'Citroën'],
  ['istanbul', 'İstanbul'],
  ['İstanbul', 'istanbul'],
  ['van fjord', 'Fjord Van'],
  ['東京自', '東京自動車'],
  ['كتاب', 'هذا كتاب'],
  ['100%', 'Eco 100% Drive'],
  ['a_b\\c', 'A_B\\C'],
])('%s finds %s, in the search and in the board filter (fault no. 24)', async (typed, name) => {
  const { users } = ctx;
  const mark = `zq${typed.codePointAt(0)!.toString(36)}${typed.length}`;
  const { id } = await newRecord(users, named(`${mark} ${name}`));
  await newRecord(users, named(`${mark} Plain Wagon`));
  const text = `${typed} ${mark.toUpperCase()}`;
  expect((await found(text)).map((record) => record.id)).toEqual([id]);
  const board = await users.observer.call('get /api/scopes/{scope}/board', {
    params: { scope: users.scope },
    query: { text },
  });
  const cards = board.columns.flatMap((column) => column.cards);
  expect(cards.map((card) => card.id)).toEqual([id]);
  // The browser filters a changed card with the same function.
  expect(passesFilter({ text }, cards[0]!, users.observer.id)).toBe(true);
});

const folds = async (text: string) => {
  const [row] = await ctx.server.services.db
    .select({ text: folded(sql`${text}::text`) })
    .from(trails)
    .limit(1);
  return row!.text;
};

test('the database folds text like the server (fault no. 24)', async () => {
  const scripts = [
    [0x20, 0x24f],
    [0x300, 0x3ff],
    [0x400, 0x52f],
    [0x620, 0x64f],
    [0x1e00, 0x1fff],
    [0x3041, 0x30fe],
    [0x4e00, 0x4e80],
    [0xac00, 0xac80],
    [0xff01, 0xff60],
  ];
  for (const [first, last] of scripts) {
    // Separated by spaces, so that no letter depends on the one before it.
    const letters = Array.from({ length: last! - first! + 1 }, (_, at) => String.fromCodePoint(first! + at)).join(' ');
    expect(await folds(letters)).toBe(foldedText(letters));
  }
});

test('the migration folds a database of the previous version (fault no. 24)', async () => {
  const { users } = ctx;
  const { id, reference } = await newRecord(users, named('Škoda Æther Straße'));
  const { db } = ctx.server.services;
  const { search: now } = (await db.select({ search: records.search }).from(records).where(eq(records.id, id)))[0]!;
  const before = now.replace('skoda aether strasse', 'škoda æther straße');
  expect(before).not.toBe(now);
  await db.update(records).set({ search: before }).where(eq(records.id, id));
  const folder = new URL('../../../drizzle/', import.meta.url);
  const file = (await readdir(folder)).find((name) => name.endsWith('fold-search-text.sql'))!;
  for (const statement of (await readFile(new URL(file, folder), 'utf8')).split('--> statement-breakpoint')) {
    await db.execute(sql.raw(statement));
  }
  const [row] = await db.select({ search: records.search }).from(records).where(eq(records.id, id));
  expect(row!.search).toBe(now);
  expect((await found('skoda strasse aether'))[0]?.reference).toBe(reference);
});
