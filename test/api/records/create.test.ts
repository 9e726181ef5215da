import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { scopes, trails } from '#server/db/schema.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, vehicle } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/scopes/{scope}/records';
const source = { kind: 'import', file: 'lot-7.csv', row: 2 } as const;

describe('every verb', () =>
  commandContract({
    route,
    kind: 'record.created',
    ctx,
    occasion: async () => ({
      by: ctx.users.dataOwner,
      ask: { params: { scope: ctx.users.scope }, body: { data: vehicle() } },
      trail: ctx.users.scope,
    }),
  }));

test('a record is created in intake with its data, its reference and its verdicts', async () => {
  const { users } = ctx;
  const data = vehicle();
  const card = await newRecord(users, data);
  expect(card).toMatchObject({ stage: 'intake', version: 1, make: 'NORDHAVN', category: 'M1' });
  expect(card.reference).toMatch(/^PT-\d{4}$/);
  const detail = await users.observer.call('get /api/records/{record}', { params: { record: card.id } });
  expect(detail.data).toEqual(data);
  expect(detail).toMatchObject({ revision: 1, editedBy: users.dataOwner.id, scope: users.scope });
  expect(detail.verdicts.map(({ stage }) => stage)).toEqual(card.gates.map(({ stage }) => stage));
});

test('references count up in the order of creation, and so do the cards', async () => {
  const first = await newRecord(ctx.users);
  const second = await newRecord(ctx.users);
  expect(Number(second.reference.slice(3))).toBe(Number(first.reference.slice(3)) + 1);
  expect(second.rank > first.rank).toBe(true);
});

test('[R03] a VIN already used at this build stage is refused with the record that has it', async () => {
  const { users, server } = ctx;
  const data = vehicle();
  const holder = await newRecord(users, data);
  const problem = await expectNoWrites(server.db, () =>
    users.lead.refused(route, { params: { scope: users.scope }, body: { data } }),
  );
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'R03', params: { holder: holder.reference } }] });
});

test('[R03] the same VIN at another build stage, or in another organisation, is a different record', async () => {
  const { users } = ctx;
  const data = vehicle();
  const first = await newRecord(users, data);
  const stage = { ...data, CocDataGroup: { ...(data['CocDataGroup'] as object), StageOfCompletion: 'I' } };
  const second = await newRecord(users, stage);
  const { admin, scope } = users.elsewhere;
  const third = await admin.call(route, { params: { scope }, body: { data } });
  expect(new Set([first.id, second.id, third.card.id]).size).toBe(3);
});

test('records without a VIN do not conflict', async () => {
  const one = await newRecord(ctx.users, vehicle({ [vinPath]: null }));
  const two = await newRecord(ctx.users, vehicle({ [vinPath]: null }));
  expect([one.vin, two.vin]).toEqual([null, null]);
});

test('[O01] a reviewer creates nothing', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () =>
    users.reviewer.refused(route, { params: { scope: users.scope }, body: { data: vehicle() } }),
  );
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
});

test('[P01] a closed scope accepts no record', async () => {
  const { users, server } = ctx;
  await server.db.update(scopes).set({ state: 'closed' }).where(eq(scopes.id, users.scope));
  try {
    const problem = await expectNoWrites(server.db, () =>
      users.lead.refused(route, { params: { scope: users.scope }, body: { data: vehicle() } }),
    );
    expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'P01' }] });
  } finally {
    await server.db.update(scopes).set({ state: 'pilot' }).where(eq(scopes.id, users.scope));
  }
});

test('creating many: each has its event and its number, and existing ones are only listed', async () => {
  const { users, server } = ctx;
  const drafts = [1, 2, 3].map((row) => ({ data: vehicle(), source: { ...source, row }, sourceKey: `lot-7 ${row}` }));
  const ask = { scope: users.scope, drafts };
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    createRecords(server.services, by(users.lead), ask),
  );
  expect(answer.created.map(({ state }) => state)).toEqual(['created', 'created', 'created']);
  expect(left.map(({ kind }) => kind)).toEqual(Array(3).fill('record.created'));
  const again = await eventsOf(server.db, users.scope, () => createRecords(server.services, by(users.lead), ask));
  expect(again.answer.created.map(({ state }) => state)).toEqual(['known', 'known', 'known']);
  expect(again.left).toEqual([]);
});

test('of two drafts with one source or one VIN in the same batch, one becomes a record', async () => {
  const { users, server } = ctx;
  const data = vehicle();
  const drafts = [
    { data, source, sourceKey: 'lot-8 1' },
    { data: vehicle(), source, sourceKey: 'lot-8 1' },
    { data, source, sourceKey: 'lot-8 3' },
  ];
  const { created } = await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  expect(created.map(({ state }) => state)).toEqual(['created', 'known', 'refused']);
});

test('an import has no editor, typed data has one', async () => {
  const { users, server } = ctx;
  const { created } = await createRecords(
    server.services,
    by(users.reviewer.id === users.lead.id ? null : users.lead),
    {
      scope: users.scope,
      drafts: [{ data: vehicle(), source, sourceKey: null }],
    },
  );
  expect(created[0]).toMatchObject({ state: 'created' });
});

test('the counts of the trail match the cards of the board', async () => {
  const { users, server } = ctx;
  const [head] = await server.db.select().from(trails).where(eq(trails.id, users.scope));
  const all = await users.lead.call('get /api/scopes', {});
  expect(all.scopes[0]!.records).toBe(head!.counts.intake);
});
