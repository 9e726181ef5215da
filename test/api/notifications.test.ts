import { expect, test } from 'vitest';
import { setDuties } from '#server/commands/set-duties.ts';
import { stranger } from '#test/support/client.ts';
import { by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { withoutTrace } from '#test/support/trace.ts';
import { asking, decide, proposed, withoutMass } from '#test/support/waivers.ts';

const ground = standOn();
const inbox = (client = ground.cast.reviewer, after?: string) =>
  client.call('get /api/notifications', { query: after ? { after } : {} });
const read = (notifications: string[] | null, client = ground.cast.reviewer) =>
  client.call('post /api/notifications/read', { body: { notifications } });

test('what is read is counted no more, one by one and all at once, and nobody reads for another', async () => {
  const { cast } = ground;
  for (let n = 0; n < 3; n++) await proposed(ground, (await withoutMass(ground)).id);
  const { notifications, unread } = await inbox();
  expect(unread).toBe(3);
  expect(await read([notifications[0]!.id], cast.dataOwner)).toEqual({ unread: 0 });
  expect(await read([notifications[0]!.id])).toEqual({ unread: 2 });
  const [newest] = (await inbox()).notifications;
  expect(newest!.readAt).not.toBeNull();
  expect(await read(null)).toEqual({ unread: 0 });
  await withoutTrace(ground.server.db, () => inbox());
});

test('they come newest first, page by page, without one twice', async () => {
  for (let n = 0; n < 32; n++) await proposed(ground, (await withoutMass(ground)).id);
  const first = await inbox();
  const rest = await inbox(ground.cast.reviewer, first.next!);
  const ids = [...first.notifications, ...rest.notifications].map(({ id }) => id);
  expect(ids).toHaveLength(35);
  expect(ids).toEqual([...new Set(ids)].sort().toReversed());
  expect(rest.next).toBeNull();
});

test('another organisation and a stranger are told nothing, and neither is who has no duty here any more', async () => {
  const { cast, server } = ground;
  expect(await inbox(cast.elsewhere.admin)).toEqual({ notifications: [], unread: 0, next: null });
  expect(await stranger(server).refused('get /api/notifications', { query: {} })).toMatchObject({ status: 401 });
  const record = await withoutMass(ground);
  const { outcomes } = await cast.signatory.call('post /api/scopes/{scope}/waivers', asking(ground, [record.id]));
  const before = (await inbox(cast.signatory)).notifications.length;
  const scope = { scope: cast.scope, person: cast.signatory.id };
  await setDuties(server.services, by(cast.admin), { ...scope, from: ['signatory'], to: [] });
  await decide(cast.lead, outcomes[0]!.waiver!);
  expect((await inbox(cast.signatory)).notifications).toHaveLength(before);
});
