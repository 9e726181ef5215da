import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import { records } from '#server/db/schema.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, recordIn, staffedRecord } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const today = '2026-11-25';
const ctx = useTestServer({ now: () => new Date(`${today}T09:00:00Z`) });
const look = (client: Client = ctx.users.observer) =>
  client.call('get /api/scopes/{scope}/handing', { params: { scope: ctx.users.scope } });
const give = async (card: Card, to: Client | null, what: string | null, due: string | null) =>
  ctx.users.lead.call('post /api/records/{record}/next-action', {
    params: { record: card.id },
    body: { from: card.nextAction.owner, to: to?.id ?? null, what, due },
  });

/** The same over every record of the scope, without an index, a count or a limit. */
async function recounted() {
  const rows = await ctx.server.db.select().from(records).where(eq(records.scopeId, ctx.users.scope));
  const open = rows.filter(({ stage }) => stage !== 'archive');
  const { people } = await ctx.users.lead.call('get /api/scopes/{scope}', { params: { scope: ctx.users.scope } });
  return {
    unowned: open.filter(({ actionOwnerId }) => actionOwnerId === null).length,
    loads: Object.fromEntries(
      people.map(({ id }) => {
        const theirs = open.filter(({ actionOwnerId }) => actionOwnerId === id);
        return [
          id,
          {
            owns: theirs.length,
            overdue: theirs.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
            dated: theirs
              .flatMap(({ reference, dueOn }) => (dueOn ? [`${dueOn} ${reference}`] : []))
              .sort()
              .slice(0, 3),
          },
        ];
      }),
    ),
  };
}

test('workloads match the records through create, assign, move and archive', async () => {
  const { users } = ctx;
  const days = ['2026-11-20', '2026-11-24', today, '2026-11-26', '2026-12-24', null, null];
  for (const due of days) await give(await newRecord(users), users.lead, 'assign the duties', due);
  for (let n = 0; n < 4; n++) await newRecord(users);
  await give(await recordIn(ctx, 'data'), users.dataOwner, 'complete the masses', '2026-11-23');
  await recordIn(ctx, 'review');
  await recordIn(ctx, 'archive');
  const staffed = await staffedRecord(users);
  await move(users.lead, staffed, 'data');

  const seen = await look();
  const wanted = await recounted();
  expect(seen.unowned).toBe(wanted.unowned);
  for (const { person, owns, overdue, next } of seen.loads) {
    const { dated, ...counts } = wanted.loads[person]!;
    expect({ owns, overdue }).toEqual(counts);
    expect(next).toHaveLength(Math.min(3, owns));
    expect(next.flatMap(({ due, record }) => (due ? [`${due} ${record.reference}`] : []))).toEqual(dated);
    expect(next.findLastIndex(({ due }) => due !== null)).toBe(dated.length - 1);
  }
  const lead = seen.loads.find(({ person }) => person === users.lead.id)!;
  expect(lead).toMatchObject({ owns: 7, overdue: 2 });
  expect(lead.next[0]).toMatchObject({ what: 'assign the duties', due: '2026-11-20', stage: 'intake' });
});

test('an event contains the resulting counts, so a list stays exact', async () => {
  const { users } = ctx;
  const before = await look();
  await give(await newRecord(users), users.lead, null, null);
  const after = await look();
  const { events } = await users.lead.call('get /api/scopes/{scope}/events', {
    params: { scope: users.scope },
    query: { after: String(before.seq) },
  });
  const counts = Object.assign({}, ...events.map((event) => event.counts));
  expect(counts).toMatchObject({
    'owner.none': after.unowned,
    [`owner.${users.lead.id}`]: after.loads.find(({ person }) => person === users.lead.id)!.owns,
  });
});

test('another organisation does not find them, and reading writes nothing', async () => {
  const { users, server } = ctx;
  await expectNoWrites(server.db, async () => {
    await look();
    const params = { scope: users.scope };
    expect(await users.elsewhere.admin.refused('get /api/scopes/{scope}/handing', { params })).toMatchObject({
      status: 404,
    });
  });
});
