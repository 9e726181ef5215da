import { describe, expect, test } from 'vitest';
import type { DataNode } from '#shared/contract/record.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { useTestServer } from '#test/support/context.ts';
import { accept, newRecord, recordIn, staffedRecord, vehicle } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { differences } from '#shared/domain/data-tree-differences.ts';
import { textAt } from '#shared/domain/data-tree.ts';

const ctx = useTestServer();
const route = 'post /api/records/{record}/edits';
const speed = 'CocDataGroup/MaximumSpeed';

describe('every verb', () =>
  commandContract({
    route,
    kind: 'record.edited',
    ctx,
    occasion: async () => ({
      by: ctx.users.dataOwner,
      ask: {
        params: { record: (await staffedRecord(ctx.users)).id },
        body: { edits: [{ path: speed, from: '180', to: '185' }] },
      },
      trail: ctx.users.scope,
    }),
  }));

const edit = (record: string, path: string, from: DataNode | null, to: DataNode | null) => ({
  params: { record },
  body: { edits: [{ path, from, to }] },
});

test('creates one revision for all edits, rejudged, and the card shows it', async () => {
  const { users } = ctx;
  const data = vehicle({ [vinPath]: null });
  const card = await staffedRecord(users, data);
  const vin = textAt(vehicle(), vinPath)!;
  expect(card.gates[1]).toMatchObject({ errors: 1, first: { rule: 'R01' } });
  const answer = await users.dataOwner.call(route, {
    params: { record: card.id },
    body: {
      edits: [
        { path: vinPath, from: null, to: vin },
        { path: speed, from: '180', to: null },
      ],
    },
  });
  expect(answer).toMatchObject({
    revision: 2,
    card: { vin, gates: [{}, { errors: 0, first: null }, {}, {}, {}, {}, {}] },
  });
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(textAt(detail.data, vinPath)).toBe(vin);
  expect(textAt(detail.data, speed)).toBeUndefined();
});

test('values are stored exactly as typed', async () => {
  const { users } = ctx;
  const card = await staffedRecord(users);
  const typed = '  1E4 "ä\r\n{}';
  await users.dataOwner.call(route, edit(card.id, speed, '180', typed));
  const detail = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(textAt(detail.data, speed)).toBe(typed);
});

test('an edit that changes nothing creates no revision and no event', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.dataOwner.call(route, edit(card.id, speed, '180', '180')),
  );
  expect(answer.revision).toBe(1);
  expect(left).toEqual([]);
});

test('is stale if the entry differs from what the editor saw, and returns the present value', async () => {
  const { users, server } = ctx;
  const card = await staffedRecord(users);
  await users.lead.call(route, edit(card.id, speed, '180', '190'));
  const problem = await expectNoWrites(server.db, () =>
    users.dataOwner.refused(route, edit(card.id, speed, '180', '185')),
  );
  expect(problem).toMatchObject({ status: 409, current: '190' });
  await users.dataOwner.call(
    route,
    edit(card.id, 'CocDataGroup/Version', textAt((await detail(card.id)).data, 'CocDataGroup/Version')!, 'X'),
  );
});

test('[R03] the VIN of another record is refused and that record is named', async () => {
  const { users, server } = ctx;
  const holder = await newRecord(users);
  const card = await staffedRecord(users);
  const problem = await expectNoWrites(server.db, () =>
    users.dataOwner.refused(route, edit(card.id, vinPath, card.vin, holder.vin)),
  );
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'R03', params: { holder: holder.reference } }] });
});

test("[O01] only the lead and the record's data owner edit", async () => {
  const { users, server } = ctx;
  const theirs = await staffedRecord(users);
  const unowned = await newRecord(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.reviewer, users.outputPreparer, users.signatory, users.observer, users.admin]) {
      expect(await person.refused(route, edit(theirs.id, speed, '180', '185'))).toMatchObject({ status: 403 });
    }
    expect(await users.dataOwner.refused(route, edit(unowned.id, speed, '180', '185'))).toMatchObject({ status: 403 });
  });
});

test('[M03] data that passed its review is not editable', async () => {
  const { users, server } = ctx;
  const card = await recordIn(ctx, 'output');
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, edit(card.id, speed, '180', '185')));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M03' }] });
});

test('[P06] an edit after the review makes the review stale', async () => {
  const { users } = ctx;
  const card = await recordIn(ctx, 'review');
  await accept(users, card);
  const { card: edited } = await users.dataOwner.call(route, edit(card.id, speed, '180', '185'));
  expect((await detail(card.id)).verdicts[3]!.findings).toContainEqual(
    expect.objectContaining({ rule: 'P06', params: { why: 'stale' } }),
  );
  expect(edited.gates[3]!.errors).toBeGreaterThan(0);
});

/**
 * The path written for each address, or the status of the refusal. A table without a row means its first row, a row
 * past the end the next.
 */
test.each([
  ['__proto__/polluted', 400],
  ['CocDataGroup/MakeTable[__proto__=x]/Make', 400],
  ['constructor/prototype/polluted', 'constructor/prototype/polluted'],
  ['CocDataGroup/__proto__', 400],
  ['', ''],
  ['/', ''],
  ['CocDataGroup//Make', 'CocDataGroup//Make'],
  ['CocDataGroup/MaximumSpeed/Deeper', 409],
  ['CocDataGroup/MakeTable/MakeGroup/length', 'CocDataGroup/MakeTable/MakeGroup/0/length'],
  ['CocDataGroup/MakeTable/MakeGroup/999999999/Make', 'CocDataGroup/MakeTable/MakeGroup/1/Make'],
  ['CocDataGroup/MakeTable/MakeGroup/0', 409],
  ['0', '0'],
])(
  'the address %j is written where it points or refused, never partially and never elsewhere (fault D15)',
  async (path, at) => {
    const { users } = ctx;
    const card = await staffedRecord(users);
    const before = await detail(card.id);
    const response = await users.dataOwner.fetch(`/api/records/${card.id}/edits`, {
      method: 'post',
      headers: { 'operation-id': crypto.randomUUID(), 'content-type': 'application/json' },
      body: JSON.stringify({ edits: [{ path, from: null, to: 'x' }] }),
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    const after = await detail(card.id);
    const written = typeof at === 'number' ? [] : [{ path: at, from: null, to: 'x' }];
    expect(response.status).toBe(typeof at === 'number' ? at : 200);
    expect([after.revision, differences(before.data, after.data)]).toEqual([1 + written.length, written]);
  },
);

const detail = (record: string) => ctx.users.lead.call('get /api/records/{record}', { params: { record } });
