import { and, count, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { announceOverdue } from '#server/commands/announce-overdue.ts';
import { notifications, records } from '#server/db/schema.ts';
import { v7 } from '#server/db/uuid.ts';
import { tellOfOverdue } from '#server/jobs/overdue-actions.ts';
import { addMember } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord } from '#test/support/records.ts';
import { withoutTrace } from '#test/support/trace.ts';

let clock = new Date('2026-11-25T09:00:00Z');
const ground = standOn({ now: () => clock });
const announce = () => announceOverdue(ground.server.services, { actor: null, operation: null }, undefined);

async function given(due: string | null): Promise<string> {
  const { cast } = ground;
  const { id } = await newRecord(cast);
  await cast.lead.call('post /api/records/{record}/next-action', {
    params: { record: id },
    body: { from: null, to: cast.lead.id, what: 'Weigh it', due },
  });
  return id;
}
const toldOf = (record: string) =>
  ground.server.db
    .select()
    .from(notifications)
    .where(and(eq(notifications.recordId, record), eq(notifications.kind, 'action.overdue')));

test('whoever owns an action past its day is told once, and again only for another day', async () => {
  const { cast } = ground;
  const [late, today, never] = [await given('2026-11-24'), await given('2026-11-25'), await given(null)];
  await announce();
  await withoutTrace(ground.server.db, announce);
  expect(await toldOf(late)).toMatchObject([{ personId: cast.lead.id, params: { due: '2026-11-24' }, readAt: null }]);
  expect([await toldOf(today), await toldOf(never)]).toEqual([[], []]);
  await cast.lead.call('post /api/records/{record}/next-action', {
    params: { record: late },
    body: { from: cast.lead.id, to: cast.lead.id, what: 'Weigh it', due: '2026-11-26' },
  });
  clock = new Date('2026-11-27T09:00:00Z');
  await announce();
  expect(await toldOf(late)).toHaveLength(2);
  expect(await toldOf(today)).toHaveLength(1);
});

test('who chose not to be told is not, and holds up nobody else', async () => {
  const { cast } = ground;
  const choose = (inbox: boolean) =>
    cast.lead.call('put /api/notifications/choices', { body: { kind: 'action.overdue', inbox, email: false } });
  await choose(false);
  const late = await given('2026-11-20');
  await announce();
  expect(await toldOf(late)).toEqual([]);
  await choose(true);
  await announce();
  expect(await toldOf(late)).toHaveLength(1);
});

test('owners without a duty hold up nobody, however many they are (faults D6, S24)', async () => {
  const { cast, server } = ground;
  const late = await given('2026-11-20');
  const [row] = await server.db.select().from(records).where(eq(records.id, late));
  const gone = await addMember(server.services, cast.organisation, 'Gia Gone', 'gia@works.example');
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
  await withoutTrace(server.db, announce);
  await server.db.delete(records).where(eq(records.actionOwnerId, gone.id));
});

test('one run after the other takes up all that are overdue (fault D6)', async () => {
  const { server } = ground;
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
  await tellOfOverdue(server.services);
  const [told] = await server.db
    .select({ count: count() })
    .from(notifications)
    .where(eq(notifications.params, { due: '2026-11-19' }));
  expect(told!.count).toBe(1_101);
});
