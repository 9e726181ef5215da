import { expect, test } from 'vitest';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { stranger } from '#test/support/client.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { expectNoWrites } from '#test/support/writes.ts';
import { asking, decide, proposed, withoutMass } from '#test/support/waivers.ts';

const ctx = useTestServer();
const inbox = (client = ctx.users.reviewer, after?: string) =>
  client.call('get /api/notifications', { query: after ? { after } : {} });
const read = (notifications: string[] | null, client = ctx.users.reviewer) =>
  client.call('post /api/notifications/read', { body: { notifications } });

test('read notifications no longer count, one by one or all together, and nobody marks another person’s as read', async () => {
  const { users } = ctx;
  for (let n = 0; n < 3; n++) await proposed(ctx, (await withoutMass(ctx)).id);
  const { notifications, unread } = await inbox();
  expect(unread).toBe(3);
  expect(await read([notifications[0]!.id], users.dataOwner)).toEqual({ unread: 0 });
  expect(await read([notifications[0]!.id])).toEqual({ unread: 2 });
  const [newest] = (await inbox()).notifications;
  expect(newest!.readAt).not.toBeNull();
  expect(await read(null)).toEqual({ unread: 0 });
  await expectNoWrites(ctx.server.db, () => inbox());
});

test('are listed newest first, page by page, without duplicates', async () => {
  for (let n = 0; n < 32; n++) await proposed(ctx, (await withoutMass(ctx)).id);
  const first = await inbox();
  const rest = await inbox(ctx.users.reviewer, first.next!);
  const ids = [...first.notifications, ...rest.notifications].map(({ id }) => id);
  expect(ids).toHaveLength(35);
  expect(ids).toEqual([...new Set(ids)].sort().toReversed());
  expect(rest.next).toBeNull();
});

test('another organisation, an anonymous client and a person without a duty here any more receive nothing', async () => {
  const { users, server } = ctx;
  expect(await inbox(users.elsewhere.admin)).toEqual({ notifications: [], unread: 0, next: null });
  expect(await stranger(server).refused('get /api/notifications', { query: {} })).toMatchObject({ status: 401 });
  const record = await withoutMass(ctx);
  const { outcomes } = await users.signatory.call('post /api/scopes/{scope}/waivers', asking(ctx, [record.id]));
  const before = (await inbox(users.signatory)).notifications.length;
  const scope = { scope: users.scope, person: users.signatory.id };
  await setDuties(server.services, by(users.admin), { ...scope, from: ['signatory'], to: [] });
  await decide(users.lead, outcomes[0]!.waiver!);
  expect((await inbox(users.signatory)).notifications).toHaveLength(before);
});
