import { and, count, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { announceOverdue } from '#server/commands/records/announce-overdue.ts';
import { notifications, records } from '#server/db/schema.ts';
import { v7 } from '#server/db/driver/uuid.ts';
import { notifyOverdueOwners } from '#server/jobs/overdue-actions.ts';
import { addMember } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';

let clock = new Date('2026-11-25T09:00:00Z');
const ctx = useTestServer({ now: () => clock });
const announce = () => announceOverdue(ctx.server.services, { actor: null, operation: null }, undefined);

async function given(due: string | null): Promise<string> {
  const { users } = ctx;
  const { id } = await newRecord(users);
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: id },
    body: { from: null, to: users.lead.id, what: 'Weigh it', due },
  });
  return id;
}
const toldOf = (record: string) =>
  ctx.server.db
    .select()
    .from(notifications)
    .where(and(eq(notifications.recordId, record), eq(notifications.kind, 'action.overdue')));

test('the owner of an overdue action is notified once, and again only for another due day', async () => {
  const { users } = ctx;
  const [late, today, never] = [await given('2026-11-24'), await given('2026-11-25'), await given(null)];
  await announce();
  await expectNoWrites(ctx.server.db, announce);
  expect(await toldOf(late)).toMatchObject([{ personId: users.lead.id, params: { due: '2026-11-24' }, readAt: null }]);
  expect([await toldOf(today), await toldOf(never)]).toEqual([[], []]);
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: late },
    body: { from: users.lead.id, to: users.lead.id, what: 'Weigh it', due: '2026-11-26' },
  });
  clock = new Date('2026-11-27T09:00:00Z');
  await announce();
  expect(await toldOf(late)).toHaveLength(2);
  expect(await toldOf(today)).toHaveLength(1);
});

test('a person who turned the notification off is not notified, and does not delay others', async () => {
  const { users } = ctx;
  const choose = (inbox: boolean) =>
    users.lead.call('put /api/notifications/choices', { body: { kind: 'action.overdue', inbox, email: false } });
  await choose(false);
  const late = await given('2026-11-20');
  await announce();
  expect(await toldOf(late)).toEqual([]);
  await choose(true);
  await announce();
  expect(await toldOf(late)).toHaveLength(1);
});

test('owners without a duty do not delay others, however many they are (faults D6, S24)', async () => {
  const { users, server } = ctx;
  const late = await given('2026-11-20');
  const [row] = await server.db.select().from(records).where(eq(records.id, late));
  const gone = await addMember(server.services, users.organisation, 'Gia Gone', 'gia@works.example');
  const rows = Array.from({ length: 600 }, (_, index) => ({
    ...row!,
    id: v7(),
    reference: `GONE-${index}`,
    vin: null,
    sourceKey: null,
    actionOwnerId: gone.id,
    dueOn: '2026-01-01',
  }));
  await server.db.insert(records).values(rows);
  await announce();
  expect(await toldOf(late)).toHaveLength(1);
  await expectNoWrites(server.db, announce);
  await server.db.delete(records).where(eq(records.actionOwnerId, gone.id));
});

test('consecutive runs process all overdue actions (fault D6)', async () => {
  const { server } = ctx;
  const late = await given('2026-11-19');
  const [row] = await server.db.select().from(records).where(eq(records.id, late));
  const rows = Array.from({ length: 1_100 }, (_, index) => ({
    ...row!,
    id: v7(),
    reference: `MANY-${index}`,
    vin: null,
    sourceKey: null,
  }));
  await server.db.insert(records).values(rows);
  await notifyOverdueOwners(server.services);
  const [told] = await server.db
    .select({ count: count() })
    .from(notifications)
    .where(eq(notifications.params, { due: '2026-11-19' }));
  expect(told!.count).toBe(1_101);
});
