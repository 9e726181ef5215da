import { describe, expect, test } from 'vitest';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { entries } from '#shared/domain/catalogue/catalogue.ts';
import { nodesAt, setAt } from '#shared/domain/data-tree.ts';
import { judge } from '#shared/domain/judge.ts';
import { reviewStanding } from '#shared/domain/rules/review.ts';
import { describeVehicle } from '#server/commands/records/describe-vehicle.ts';
import { documentsOf } from '#test/support/documents.ts';
import { passingFacts } from '#test/support/facts.ts';
import { useTestServer } from '#test/support/context.ts';
import { say, tick } from '#test/support/reader.ts';
import { accept, move, newRecord, recordIn, tickAll, untick, vehicle } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';
import { gateOf } from '#test/support/waivers.ts';

const ctx = useTestServer();
const { open } = documentsOf(ctx);

describe('[P06] a review covers every entry', () => {
  const data = vehicle();
  const reviewed = hashOf(data);
  const held = entries.filter(({ path }) => nodesAt(data, path).length > 0).map(({ key, path }) => ({ key, path }));

  test('the sample vehicle fills most entries', () => expect(held.length).toBeGreaterThan(60));

  test.each(held)('$key: another or no value makes it stale and closes the gate, the same value does not', (entry) => {
    const [value] = nodesAt(data, entry.path);
    for (const changed of [setAt(data, entry.path, otherThan(value!)), setAt(data, entry.path, null)])
      expect(asked(changed)).toEqual({ standing: 'stale', opens: false });
    const same = setAt(data, entry.path, structuredClone(value!));
    expect(asked(same)).toEqual({ standing: 'accepted', opens: true });
  });

  /** The state of the sample's review with this data, and whether the gate before output is open. */
  function asked(present: DataTree) {
    const facts = passingFacts({ data: present, dataHash: hashOf(present) });
    const after = { ...facts, review: { ...facts.review!, dataHash: reviewed } };
    const gate = judge(after).verdicts.find(({ stage }) => stage === 'output')!;
    return { standing: reviewStanding(after), opens: gate.findings.every(({ rule }) => rule !== 'P06') };
  }
});

test('an edit makes the review stale on the card and closes the following gate; undo restores it', async () => {
  const { users } = ctx;
  const card = await reviewedRecord();
  const write = (from: string, to: string) =>
    users.dataOwner.call('post /api/records/{record}/edits', {
      params: { record: card.id },
      body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from, to }] },
    });
  const edited = await write('180', '190');
  expect(edited.card.review).toBe('stale');
  expect(gateOf(edited.card, 'output').first).toMatchObject({ rule: 'P06', params: { why: 'stale' } });
  const restored = await write('190', '180');
  expect(restored.card.review).toBe('accepted');
  expect(gateOf(restored.card, 'output').errors).toBe(0);
});

test('removing a tick that the review is based on makes it stale, a later tick does not', async () => {
  const card = await reviewedRecord();
  await tickAll(ctx, card.id, 'output');
  expect((await cardOf(card.id)).review).toBe('accepted');
  await untick(ctx, card.id, 'review');
  expect((await cardOf(card.id)).review).toBe('stale');
  await tickAll(ctx, card.id, 'review');
  expect((await cardOf(card.id)).review).toBe('accepted');
});

test('comments, owner, next action, rank, duties and exceptions do not affect the review', async () => {
  const { users } = ctx;
  const card = await reviewedRecord();
  const params = { record: card.id };
  const reader = await open(card.id, users.lead);
  say(reader, users.lead, 'The buyer asks for Friday.');
  tick(reader, 'message', users.lead);
  await waitFor(() => reader.saved());
  await users.lead.call('post /api/records/{record}/next-action', {
    params,
    body: { from: (await cardOf(card.id)).nextAction.owner, to: users.lead.id, what: 'Ask', due: '2026-12-24' },
  });
  await users.lead.call('post /api/records/{record}/duties', {
    params,
    body: { duty: 'signatory', from: users.signatory.id, to: null },
  });
  await move(users.lead, await cardOf(card.id), 'review', { after: null });
  const { exception } = await users.lead.call('post /api/records/{record}/exceptions', {
    params,
    body: { kind: 'other', cause: 'tyres', waitingFor: null, blocks: 'signing', owner: null, until: null },
  });
  await users.lead.call('post /api/records/{record}/exceptions/{exception}/close', {
    params: { ...params, exception },
    body: { resolution: 'delivered' },
  });
  await newRecord(users);
  const now = await cardOf(card.id);
  expect(now.comments.count).toBe(1);
  expect(now.version).toBeGreaterThan(card.version + 5);
  expect(now.review).toBe('accepted');
  expect(gateOf(now, 'output').errors).toBe(0);
});

test('[P07] an editor does not review the record, even after it returns and others edit later', async () => {
  const { users } = ctx;
  const card = await reviewedRecord();
  const params = { record: card.id };
  const route = 'post /api/records/{record}/reviews';
  await users.reviewer.call(route, {
    params,
    body: { revision: 1, outcome: 'returned', reasons: [{ entry: 'maxSpeed', text: 'see 190' }], note: null },
  });
  const edit = (by: typeof users.lead, from: string, to: string) =>
    by.call('post /api/records/{record}/edits', {
      params,
      body: { edits: [{ path: 'CocDataGroup/MaximumSpeed', from, to }] },
    });
  await edit(users.lead, '180', '185');
  await edit(users.dataOwner, '185', '190');
  const { reviews, card: now } = await users.lead.call('get /api/records/{record}', { params });
  expect(now.review).toBe('stale');
  expect(reviews.map(({ outcome, reasons }) => [outcome, reasons])).toEqual([
    ['returned', [{ entry: 'maxSpeed', text: 'see 190' }]],
    ['accepted', []],
  ]);
  const again = await users.reviewer.call(route, { params, body: { revision: 3, outcome: 'accepted', note: null } });
  expect(again.card.review).toBe('accepted');
});

function hashOf(data: DataTree): string {
  return describeVehicle(data).dataHash;
}

function otherThan(value: DataNode): DataNode {
  if (typeof value === 'string') return `${value} `;
  if (Array.isArray(value)) return [...value, {}];
  const [[name, inner]] = Object.entries(value) as [[string, DataNode]];
  return { ...value, [name]: otherThan(inner) };
}

const cardOf = async (record: string) =>
  (await ctx.users.lead.call('get /api/records/{record}', { params: { record } })).card;

/** In review, ticked and accepted: the gate before output is open. */
async function reviewedRecord() {
  const card = await recordIn(ctx, 'review');
  await tickAll(ctx, card.id, 'review');
  await accept(ctx.users, card);
  const reviewed = await cardOf(card.id);
  expect(gateOf(reviewed, 'output').errors).toBe(0);
  return reviewed;
}
