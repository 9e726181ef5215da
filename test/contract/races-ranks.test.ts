import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';

/** Needs several concurrent connections: PostgreSQL. */
const ctx = useTestServer();
const rounds = 100;

const drop = async (record: string, after: string): Promise<Card> => {
  const body = { from: 'intake' as const, to: 'intake' as const, after };
  return (await ctx.users.lead.call('post /api/records/{record}/move', { params: { record }, body })).card;
};

async function order(): Promise<string[]> {
  const params = { scope: ctx.users.scope, stage: 'intake' as const };
  const { cards } = await ctx.users.lead.call('get /api/scopes/{scope}/stages/{stage}/cards', { params, query: {} });
  return cards.map(({ id }) => id);
}

test('two cards dropped into one gap concurrently get different ranks, and a third fits between them (faults P27, no. 4)', async () => {
  for (let n = 0; n < 8; n++) await newRecord(ctx.users);
  const [anchor, one, two, third, , , , last] = (await order()) as [string, string, string, string, ...string[]];
  for (let round = 0; round < rounds; round++) {
    for (const card of [one, two, third]) await drop(card, last!);
    const [a, b] = await Promise.all([drop(one, anchor), drop(two, anchor)]);
    expect(a.rank).not.toBe(b.rank);
    const [upper, lower] = a.rank < b.rank ? [one, two] : [two, one];
    expect((await order()).slice(0, 3)).toEqual([anchor, upper, lower]);
    await drop(third, upper);
    expect((await order()).slice(0, 4)).toEqual([anchor, upper, third, lower]);
  }
}, 120_000);
