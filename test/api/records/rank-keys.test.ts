import { asc, eq, sql } from 'drizzle-orm';
import { generateKeyBetween } from 'fractional-indexing';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { moveRecord } from '#server/commands/records/move.ts';
import { longKey } from '#server/db/rank-keys.ts';
import { events, records } from '#server/db/schema.ts';
import { renumberColumns } from '#server/jobs/renumber-columns.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { useTestServer } from '#test/support/context.ts';
import { by } from '#test/support/seed-organisation.ts';
import { move, vehicle } from '#test/support/records.ts';
import { seeded } from '#test/support/seeded.ts';

const ctx = useTestServer();
const drops = process.env['LONG'] ? 2_000 : 240;

/**
 * Ids of the column as returned by its windows, and its longest key. Windows read while the server's job renumbers the
 * column may overlap; a page corrects this with the events, here they are read again.
 */
async function column(): Promise<{ ids: string[]; longest: number }> {
  const renumberings = () => ctx.server.db.$count(events, eq(events.kind, 'record.renumbered'));
  for (;;) {
    const before = await renumberings();
    const read = await windows();
    if ((await renumberings()) === before) return read;
  }
}

async function windows(): Promise<{ ids: string[]; longest: number }> {
  const ids: string[] = [];
  let longest = 0;
  let after: string | undefined;
  do {
    const window: { cards: Card[]; next: string | null } = await ctx.users.lead.call(
      'get /api/scopes/{scope}/stages/{stage}/cards',
      { params: { scope: ctx.users.scope, stage: 'intake' }, query: { after } },
    );
    for (const { id, rank } of window.cards) {
      ids.push(id);
      longest = Math.max(longest, rank.length);
    }
    after = window.next ?? undefined;
  } while (after);
  return { ids, longest };
}

/** Drops cards as a user does and checks each resulting position. */
async function dropAll(count: number, next: (i: number, order: string[]) => [string, string]) {
  const order = (await column()).ids;
  for (let i = 0; i < count; i++) {
    const [dropped, after] = next(i, order);
    await moveRecord(ctx.server.services, by(ctx.users.lead), {
      record: dropped,
      from: 'intake',
      to: 'intake',
      after,
    });
    order.splice(order.indexOf(dropped), 1);
    order.splice(order.indexOf(after) + 1, 0, dropped);
  }
  return order;
}

const newCards = async (count: number) => {
  const drafts = Array.from({ length: count }, () => ({
    data: vehicle(),
    source: { kind: 'typed' as const },
    sourceKey: null,
  }));
  const { server, users } = ctx;
  const { created } = await createRecords(server.services, by(users.dataOwner), { scope: users.scope, drafts });
  return created.flatMap((one) => (one.state === 'created' ? one.card : []));
};

test('many drops below one card and anywhere keep the keys short and every window reachable (fault no. 4)', async () => {
  const cards = await newCards(30);
  const [anchor, one, other] = cards.slice(10).map(({ id }) => id) as [string, string, string];
  const order = await dropAll(drops * 0.75, (i) => [i % 2 ? one : other, anchor]);
  expect(await column()).toEqual({ ids: order, longest: expect.toSatisfy((length: number) => length <= longKey) });
  const random = seeded(3);
  const mixed = await dropAll(drops * 0.25, (_, order) => {
    const from = random.below(order.length);
    return [order[from]!, order[(from + 1 + random.below(order.length - 1)) % order.length]!];
  });
  expect((await column()).ids).toEqual(mixed);
  expect(await checkTrails(ctx.server.db)).toMatchObject({ breaks: [] });
}, 300_000);

test('a renumbering leaves an event for each changed card, and none in the visible activity (fault no. 4)', async () => {
  const { server, users } = ctx;
  const left = await server.db.select().from(events).where(eq(events.kind, 'record.renumbered'));
  expect(left.length).toBeGreaterThan(0);
  for (const { card, body } of left) expect(body).toMatchObject({ rank: card!.rank });
  const { events: read } = await users.lead.call('get /api/scopes/{scope}/activity', {
    params: { scope: users.scope },
    query: {},
  });
  expect(read.filter(({ kind }) => kind === 'record.renumbered')).toEqual([]);
});

test('a card dropped below one of two with equal keys lands below that one (fault P27)', async () => {
  const { server, users } = ctx;
  const { ids } = await column();
  const [first, twin, dropped] = ids.slice(-3) as [string, string, string];
  const [row] = await server.db.select().from(records).where(eq(records.id, first));
  await server.db.update(records).set({ rank: row!.rank }).where(eq(records.id, twin));
  const [upper, lower] = [first, twin].sort() as [string, string];
  await move(users.lead, { id: dropped, stage: 'intake' } as Card, 'intake', { after: upper });
  expect((await column()).ids.slice(-3)).toEqual([upper, dropped, lower]);
});

test('a move is undone although its card was renumbered since (fault no. 4)', async () => {
  const { server, users } = ctx;
  const { ids } = await column();
  const operation = crypto.randomUUID();
  const [top, second, third] = ids as [string, string, string];
  await users.lead.call('post /api/records/{record}/move', {
    params: { record: top },
    body: { from: 'intake', to: 'intake', after: third },
    operation,
  });
  await server.db
    .update(records)
    .set({ rank: sql`${records.rank} || ${'V'.repeat(60)}` })
    .where(eq(records.id, second));
  await renumberColumns(server.services);
  await users.lead.call('post /api/operations/{operation}/take-back', { params: { operation } });
  expect(new Set((await column()).ids)).toEqual(new Set(ids));
});

test('long keys of an earlier version are repaired, in order and without a move (fault no. 4)', async () => {
  const { server, users } = ctx;
  await newCards(140);
  const before = (await column()).ids;
  const rows = await server.db
    .select({ id: records.id })
    .from(records)
    .where(eq(records.scopeId, users.scope))
    .orderBy(asc(records.rank), asc(records.id));
  const ranks: { id: string; rank: string }[] = [];
  let [low, high]: string[] = ['a5', 'a6'];
  for (const { id } of rows) {
    const rank: string = generateKeyBetween(low, high);
    ranks.push({ id, rank });
    // Towards one side, so that it grows as after hundreds of drops.
    for (let deeper = 0; deeper < 4; deeper++) high = generateKeyBetween(rank, high);
    low = rank;
  }
  // In one statement: the server's job must not see the column half written.
  await server.db.execute(sql`
    update ${records} set rank = long.rank
    from jsonb_to_recordset(${JSON.stringify(ranks)}::text::jsonb) as long(id uuid, rank text)
    where ${records.id} = long.id`);
  expect(Math.max(...ranks.map(({ rank }) => rank.length))).toBeGreaterThan(100);
  expect((await column()).ids).toEqual(before);
  await renumberColumns(server.services);
  const repaired = await column();
  expect(repaired.ids).toEqual(before);
  expect(repaired.longest).toBeLessThan(8);
  expect(await checkTrails(server.db)).toMatchObject({ breaks: [] });
}, 120_000);
