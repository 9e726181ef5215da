import { and, eq, like, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { notifications, records, scopes } from '#server/db/schema.ts';
import { endWaivers } from '#server/jobs/waiver-ends.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, tickAll } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { gateOf, inDays, proposed, waived, withoutMass } from '#test/support/waivers.ts';
import type { Client } from '#test/support/client.ts';

let later = 0;
const ctx = useTestServer({ now: () => new Date(Date.parse('2026-11-25T10:00:00Z') + later * 86_400_000) });
const run = () => endWaivers(ctx.server.services);

test('after its last day the gate is closed whether or not the job ran; then the job stores the end and notifies the people', async () => {
  const { users, server } = ctx;
  const { card: waiting, waiver } = await waived(ctx, { endsOn: inDays(ctx, 10) });
  await tickAll(ctx, waiting.id, 'data');
  const { card } = await move(users.lead, waiting, 'data');

  later = 10;
  await run();
  expect((await detail(card.id)).waivers[0]!.state).toBe('active');

  later = 11;
  const problem = await users.lead.refused('post /api/records/{record}/move', {
    params: { record: card.id },
    body: { from: 'data', to: 'review' },
  });
  expect(problem.findings).toContainEqual(expect.objectContaining({ rule: 'R50' }));

  const { left } = await eventsOf(server.db, users.scope, run);
  expect(left.map(({ kind, actorId, recordId }) => [kind, actorId, recordId])).toEqual([
    ['waiver.expired', null, card.id],
  ]);
  expect(left[0]!.counts).toEqual({ 'data.waived': 0 });
  const now = await detail(card.id);
  expect(now.waivers[0]).toMatchObject({ id: waiver, state: 'expired' });
  expect(now.card.waived).toBe(0);
  expect(gateOf(now.card).errors).toBe(1);
  expect(await told(users.dataOwner, card.id)).toEqual(['waiver.expired', 'waiver.ending', 'waiver.decided']);
  later = 0;
});

test('run twice, also concurrently, the job leaves one event and notifies once', async () => {
  const { users, server } = ctx;
  const { card } = await waived(ctx, { endsOn: inDays(ctx, 0) });
  later = 1;
  const { left } = await eventsOf(server.db, users.scope, () => Promise.all([run(), run()]));
  expect(left).toHaveLength(1);
  await expectNoWrites(server.db, run);
  expect(await told(users.dataOwner, card.id)).toEqual(['waiver.expired', 'waiver.decided']);
  later = 0;
});

test('requester and data owner are notified seven days and one day before its end, once each', async () => {
  const { users } = ctx;
  const record = await withoutMass(ctx);
  const waiver = await proposed(ctx, record.id, users.signatory, { endsOn: inDays(ctx, 20) });
  await users.lead.call('post /api/waivers/{waiver}/decision', {
    params: { waiver },
    body: { approve: true, note: null },
  });
  const endings = async (client: Client) => {
    const { notifications } = await client.call('get /api/notifications', { query: {} });
    return notifications
      .filter((one) => one.record.id === record.id && one.kind === 'waiver.ending')
      .map(({ params }) => params['days']);
  };
  const seen: unknown[] = [];
  for (const day of [12, 13, 14, 18, 19, 20]) {
    later = day;
    await run();
    await run();
    seen.push([day, await endings(users.dataOwner)]);
  }
  expect(seen).toEqual([
    [12, []],
    [13, [7]],
    [14, [7]],
    [18, [7]],
    [19, [1, 7]],
    [20, [1, 7]],
  ]);
  expect(await endings(users.signatory)).toEqual([1, 7]);
  expect(await endings(users.reviewer)).toEqual([]);
  later = 0;
});

test('a waiver of a few days is not announced on the day it was approved, and a server that was down announces late', async () => {
  const { users } = ctx;
  const short = await waived(ctx, { endsOn: inDays(ctx, 3) });
  const long = await waived(ctx, { endsOn: inDays(ctx, 12) });
  await run();
  expect(await told(users.dataOwner, short.card.id)).toEqual(['waiver.decided']);
  later = 8;
  await run();
  expect(await told(users.dataOwner, long.card.id)).toEqual(['waiver.ending', 'waiver.decided']);
  later = 0;
});

test('an undecided proposal expires too', async () => {
  const { users } = ctx;
  const record = await withoutMass(ctx);
  await proposed(ctx, record.id, users.dataOwner, { endsOn: inDays(ctx, 2) });
  later = 3;
  await run();
  expect((await detail(record.id)).waivers[0]).toMatchObject({ state: 'expired', decided: null });
  later = 0;
});

const detail = (record: string) => ctx.users.lead.call('get /api/records/{record}', { params: { record } });

/** The waiver notifications of a person about one record. */
async function told(client: Client, record: string): Promise<string[]> {
  const { notifications } = await client.call('get /api/notifications', { query: {} });
  return notifications
    .filter(({ kind, record: { id } }) => id === record && kind.startsWith('waiver.'))
    .map(({ kind }) => kind);
}

test('a record whose waiver cannot be ended does not delay others', async () => {
  const { server } = ctx;
  const [one, other] = [await waived(ctx, { endsOn: inDays(ctx, 1) }), await waived(ctx, { endsOn: inDays(ctx, 1) })];
  const [first, second] = [one, other].sort((a, b) => (a.card.id < b.card.id ? -1 : 1));
  const scopeOf = eq(records.id, first!.card.id);
  const [{ scopeId }] = (await server.db.select().from(records).where(scopeOf)) as unknown as [{ scopeId: string }];
  const broken = await server.db
    .insert(scopes)
    .values({ organisationId: ctx.users.organisation, name: 'Broken', prefix: 'BRK' })
    .returning();
  // A scope without a trail: every event on it fails.
  await server.db.update(records).set({ scopeId: broken[0]!.id }).where(scopeOf);
  later = 2;
  await expect(run()).rejects.toThrow(/never started/);
  expect((await detail(second!.card.id)).waivers[0]!.state).toBe('expired');
  await server.db.update(records).set({ scopeId }).where(scopeOf);
  await run();
  expect((await detail(first!.card.id)).waivers[0]!.state).toBe('expired');
  later = 0;
});

test('thousands of waivers that end together are announced, each once (fault D5)', async () => {
  const { users, server } = ctx;
  later = 0;
  const { waiver } = await waived(ctx, { endsOn: inDays(ctx, 30) });
  // All on one record, each for its own rule: a record has at most one active waiver per rule.
  await server.db.execute(
    sql`insert into waivers
      select (jsonb_populate_record(null::waivers, to_jsonb(one) || jsonb_build_object('id', gen_random_uuid(), 'rule', 'R50 ' || n))).*
      from waivers as one cross join generate_series(1, 7400) as n where one.id = ${waiver}`,
  );
  later = 29;
  await run();
  const ending = () =>
    server.db.$count(
      notifications,
      and(
        eq(notifications.kind, 'waiver.ending'),
        eq(notifications.personId, users.dataOwner.id),
        like(notifications.occasion, 'waiver ending 1 %'),
      ),
    );
  const all = await ending();
  expect(all).toBeGreaterThanOrEqual(7_401);
  await expectNoWrites(server.db, run);
  expect(await ending()).toBe(all);
  later = 0;
}, 120_000);
