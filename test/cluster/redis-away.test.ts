import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { openRedisBus } from '#server/cluster/redis-bus.ts';
import { content, documentsOf, tickIn } from '#test/support/documents.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { signedIn } from '#test/support/client.ts';
import { say, tick, type } from '#test/support/reader.ts';
import { canSpawnRedis, spawnRedis, type OwnRedis } from '#test/support/redis.ts';
import { newRecord } from '#test/support/records.ts';
import { useTwoServers } from '#test/support/two-processes.ts';
import { waitFor } from '#test/support/wait.ts';
import { watchScope } from '#test/support/watcher.ts';

test('an unreachable Redis is reported in one sentence that says what to do', async () => {
  const opening = openRedisBus({ url: 'redis://:secret@127.0.0.1:1/', secret: 'x'.repeat(32), database: 'any' });
  await expect(opening).rejects.toThrow(/^Redis at 127\.0\.0\.1:1 cannot be reached: .+\. Check REDIS_URL .+\.$/);
});

describe.skipIf(!canSpawnRedis)('Redis crashes while two processes run', () => {
  let redis: Promise<OwnRedis> | undefined;
  const own = () => (redis ??= spawnRedis());
  const ctx = useTwoServers(async () => (await own()).url);
  const { open, stored } = documentsOf(ctx);
  afterAll(async () => (await own()).kill());

  test('updates written meanwhile arrive late, and all processes converge', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, two] = [await open(id, dataOwner), await open(id, reviewer, ctx.other.url)];
    const [first, second] = [say(one, dataOwner, ''), say(two, reviewer, '')];
    const both = async (from: number, to: number) => {
      for (let n = from; n < to; n++) {
        type(first, `${n % 10}`);
        type(second, `${n % 10}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const equal = () =>
      waitFor(() => one.saved() && two.saved() && isDeepStrictEqual(content(one.doc), content(two.doc)));
    const writing = both(0, 20);
    await (await own()).kill();
    await writing;
    tick(two, 'approval', reviewer);
    await equal();
    expect(tickIn(one.doc, 'approval')).toBeTruthy();
    await (await own()).start();
    await both(20, 40);
    await equal();
    expect(content(await stored(id))).toEqual(content(one.doc));
    const bodies = JSON.stringify(content(one.doc)).match(/"body":"\d+"/g)!;
    expect(bodies).toEqual(Array(2).fill(`"body":"${'0123456789'.repeat(4)}"`));
  });

  test('boards get the present event number, people get their notifications, and rights end', async () => {
    const { users, server, other } = ctx;
    const member = await addMember(server.services, users.organisation, 'Rosa Kern', 'rosa@works.example');
    const duties = (from: 'reviewer'[], to: 'reviewer'[]) =>
      setDuties(server.services, by(users.admin), { scope: users.scope, person: member.id, from, to });
    await duties([], ['reviewer']);
    const rosa = await signedIn(server, member);
    const { id } = await newRecord(users);
    const reader = await open(id, rosa, other.url);
    const watcher = await watchScope(other.url, users.reviewer, users.scope);
    const leaver = await watchScope(other.url, rosa, users.scope);
    try {
      await (await own()).kill();
      const [before, told] = [watcher.seq(), watcher.told()];
      await writeDocument(server.services, { id: users.lead.id, name: users.lead.name }, id, (doc) => {
        say({ doc }, users.lead, `@[${users.reviewer.id}] please look.`);
      });
      await duties(['reviewer'], []);
      expect(watcher.events.filter(({ seq }) => seq > before)).toEqual([]);
      await waitFor(() => watcher.seq() >= before + 2 && watcher.told() > told && !leaver.socket.connected);
      expect(await reader.closed).toBe(closeCodes.gone);
      await (await own()).start();
      const heard = watcher.events.length;
      await waitFor(async () => {
        await newRecord(users);
        return watcher.events.length > heard;
      });
    } finally {
      watcher.socket.disconnect();
      leaver.socket.disconnect();
    }
  });
});
