import { expect, test } from 'vitest';
import { textAt } from '#shared/domain/data-tree.ts';
import { leavesOf } from '#shared/domain/data-tree-differences.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { by } from '#test/support/seed-organisation.ts';
import { stranger } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, staffedRecord, vehicle } from '#test/support/records.ts';

const ctx = useTestServer();
const list = 'get /api/records/{record}/revisions';
const one = 'get /api/records/{record}/revisions/{revision}';
const compare = 'get /api/records/{record}/comparison';
const speed = 'CocDataGroup/MaximumSpeed';
const colour = 'CocDataGroup/ColourTable/ColourGroup/0/Colour';

async function edit(record: string, path: string, from: string | null, to: string | null): Promise<void> {
  await ctx.users.dataOwner.call('post /api/records/{record}/edits', {
    params: { record },
    body: { edits: [{ path, from, to }] },
  });
}

async function editedRecord(): Promise<{ record: string; data: ReturnType<typeof vehicle> }> {
  const data = vehicle();
  const { id: record } = await staffedRecord(ctx.users, data);
  await edit(record, speed, '180', '185');
  await edit(record, colour, textAt(data, colour)!, null);
  await edit(record, speed, '185', '190');
  return { record, data };
}

test('lists each revision with author, time, source and number of changed entries', async () => {
  const { users } = ctx;
  const { record, data } = await editedRecord();
  const { revisions, next } = await users.reviewer.call(list, { params: { record }, query: {} });
  expect(next).toBeNull();
  expect(revisions.map(({ number, changes, source }) => [number, changes, source.kind])).toEqual([
    [4, 1, 'typed'],
    [3, 1, 'typed'],
    [2, 1, 'typed'],
    [1, leavesOf(data).size, 'typed'],
  ]);
  expect(revisions[0]!.by).toMatchObject({ id: users.dataOwner.id });
  expect(new Date(revisions[0]!.at).getTime()).toBeGreaterThanOrEqual(new Date(revisions[3]!.at).getTime());
});

test('the revision of an import names its file and row', async () => {
  const { users, server } = ctx;
  const source = { kind: 'import' as const, file: 'lot-7.csv', row: 12 };
  const { created } = await createRecords(server.services, by(users.lead), {
    scope: users.scope,
    drafts: [{ data: vehicle(), source, sourceKey: 'lot-7.csv 12' }],
  });
  const [first] = created;
  if (first?.state !== 'created') throw new Error('not created');
  const { revisions } = await users.lead.call(list, { params: { record: first.card.id }, query: {} });
  expect(revisions[0]!.source).toEqual(source);
});

test('compares any two in either direction, and a revision with itself', async () => {
  const { users } = ctx;
  const { record, data } = await editedRecord();
  const between = (from: number, to: number) => users.lead.call(compare, { params: { record }, query: { from, to } });
  const { changes } = await between(1, 4);
  expect(changes).toHaveLength(2);
  expect(changes).toContainEqual({ path: speed, from: '180', to: '190' });
  expect(changes).toContainEqual({ path: colour, from: textAt(data, colour), to: null });
  expect((await between(4, 1)).changes).toContainEqual({ path: speed, from: '190', to: '180' });
  expect((await between(2, 2)).changes).toEqual([]);
});

test('returns the whole data of a revision, regardless of later ones', async () => {
  const { users } = ctx;
  const { record, data } = await editedRecord();
  const first = await users.lead.call(one, { params: { record, revision: 1 } });
  expect(first).toMatchObject({ number: 1, data });
  const third = await users.lead.call(one, { params: { record, revision: 3 } });
  expect([textAt(third.data, speed), textAt(third.data, colour)]).toEqual(['185', undefined]);
});

test('pages through a long history, each revision once, each compared with the one before', async () => {
  const { users } = ctx;
  const { id: record } = await staffedRecord(users);
  for (let speeds = 180; speeds < 214; speeds += 1) await edit(record, speed, `${speeds}`, `${speeds + 1}`);
  const first = await users.lead.call(list, { params: { record }, query: {} });
  const second = await users.lead.call(list, { params: { record }, query: { before: first.next! } });
  const numbers = [...first.revisions, ...second.revisions].map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 35 }, (_, at) => 35 - at));
  expect(first.revisions.every(({ changes }) => changes === 1)).toBe(true);
  expect(second.next).toBeNull();
});

test('another organisation, an unknown revision and an anonymous client get nothing', async () => {
  const { users, server } = ctx;
  const { id: record } = await newRecord(users);
  const asks = [
    [list, { params: { record } }],
    [one, { params: { record, revision: '1' } }],
    [compare, { params: { record }, query: { from: '1', to: '1' } }],
  ] as const;
  for (const [route, ask] of asks) {
    expect(await users.elsewhere.admin.refused(route, ask as never)).toMatchObject({ status: 404, type: 'not-found' });
    expect(await stranger(server).refused(route, ask as never)).toMatchObject({ status: 401 });
  }
  const never = { params: { record, revision: '2' } } as never;
  expect(await users.lead.refused(one, never)).toMatchObject({ status: 404 });
  const unlike = { params: { record }, query: { from: '1', to: '2' } } as never;
  expect(await users.lead.refused(compare, unlike)).toMatchObject({ status: 404 });
});
