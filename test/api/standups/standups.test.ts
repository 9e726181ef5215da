import { describe, expect, test } from 'vitest';
import { operations } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { end, endOpen, join, lead, leading, leave, plan, started, walk, walking } from '#test/support/standups.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

let late = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + late) });
const start = 'post /api/scopes/{scope}/standups';
const starting = () => ({ params: { scope: ctx.users.scope }, body: {} });

/** At least two records are on the agenda: they have no owner. */
async function withRecords(count = 2): Promise<string[]> {
  const made = [];
  for (let n = 0; n < count; n++) made.push((await newRecord(ctx.users)).id);
  return made;
}

describe('starting', () => {
  describe('every verb', () =>
    commandContract({
      route: start,
      kind: 'standup.started',
      ctx,
      occasion: async () => {
        await endOpen(ctx);
        return { by: ctx.users.reviewer, ask: starting(), trail: ctx.users.scope };
      },
    }));

  test('freezes the agenda, opens its first record, and the person who starts it leads and participates', async () => {
    const { users } = ctx;
    await endOpen(ctx);
    await withRecords();
    const { items } = await users.observer.call('get /api/scopes/{scope}/agenda', { params: { scope: users.scope } });
    const standup = await started(ctx, users.reviewer);
    expect(standup.items.map(({ card, reasons }) => [card.id, reasons])).toEqual(
      items.map(({ card, reasons }) => [card.id, reasons]),
    );
    expect(standup).toMatchObject({ leader: users.reviewer.id, startedBy: users.reviewer.id, term: 1, position: 0 });
    expect(standup.items.map(({ reachedAt }) => reachedAt !== null)).toEqual(items.map((_, index) => index === 0));
    expect(standup.people).toMatchObject([{ person: users.reviewer.id, leftAt: null }]);
    await newRecord(users);
    const { items: later } = await users.lead.call('get /api/standups/{standup}', { params: { standup: standup.id } });
    expect(later).toHaveLength(items.length);
  });

  test('takes the given records in their order, and none that is not on the agenda', async () => {
    const { users, server } = ctx;
    await endOpen(ctx);
    const [first, second] = await withRecords();
    const body = { records: [second!, first!] };
    const { standup } = await users.lead.call(start, { params: { scope: users.scope }, body });
    expect(standup.items.map(({ card }) => card.id)).toEqual([second, first]);
    await endOpen(ctx);
    const named = { params: { scope: users.scope }, body: { records: [crypto.randomUUID()] } };
    await expectNoWrites(server.db, async () => {
      expect(await users.lead.refused(start, named)).toMatchObject({ status: 404 });
    });
  });

  test('[M32] is refused while one is open, and names its leader', async () => {
    const { users, server } = ctx;
    await started(ctx, users.reviewer);
    const problem = await expectNoWrites(server.db, () => users.lead.refused(start, starting()));
    expect(problem).toMatchObject({
      status: 422,
      findings: [{ rule: 'M32', params: { leader: users.reviewer.name } }],
    });
  });

  test('[O01] an observer or an administrator cannot start one', async () => {
    const { users, server } = ctx;
    await endOpen(ctx);
    await expectNoWrites(server.db, async () => {
      for (const person of [users.observer, users.admin])
        expect(await person.refused(start, starting())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    });
  });
});

describe('joining and leaving', () => {
  describe('every verb joins', () =>
    commandContract({
      route: 'post /api/standups/{standup}/join',
      kind: 'standup.joined',
      ctx,
      occasion: async () => ({
        by: ctx.users.observer,
        ask: { params: { standup: (await started(ctx)).id }, body: {} },
        trail: ctx.users.scope,
      }),
    }));

  describe('every verb leaves', () =>
    commandContract({
      route: 'post /api/standups/{standup}/leave',
      kind: 'standup.left',
      ctx,
      occasion: async () => {
        const { standup } = await join(ctx.users.observer, await started(ctx));
        const ask = { params: { standup: standup.id }, body: {} };
        return { by: ctx.users.observer, ask, trail: ctx.users.scope };
      },
    }));

  test('a person who left is back when they join again, and joining twice changes nothing', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx);
    const { standup: joined } = await join(users.observer, standup);
    await expectNoWrites(server.db, () => join(users.observer, standup), [operations]);
    const { standup: left } = await leave(users.observer, standup);
    const { standup: back } = await join(users.observer, standup);
    const mine = ({ people }: typeof standup) => people.find(({ person }) => person === users.observer.id);
    expect(mine(joined)!.leftAt).toBeNull();
    expect(mine(left)!.leftAt).not.toBeNull();
    expect(mine(back)).toEqual(mine(joined));
  });
});

describe('stepping', () => {
  describe('every verb', () =>
    commandContract({
      route: 'post /api/standups/{standup}/walk',
      kind: 'standup.walked',
      ctx,
      occasion: async () => {
        await withRecords();
        const standup = await started(ctx);
        return { by: ctx.users.lead, ask: walking(standup, 1), trail: ctx.users.scope };
      },
    }));

  test('records the time each record was open, and which were reached', async () => {
    const { users, server } = ctx;
    const records = await withRecords(3);
    const standup = await started(ctx, users.lead, records);
    late += 40_000;
    const { answer, left } = await eventsOf(server.db, users.scope, () => walk(users.lead, standup, 2));
    expect(left[0]!.body).toMatchObject({ before: 0, after: 2, term: 1 });
    late += 5_000;
    const { standup: back } = await walk(users.lead, answer.standup, 0);
    const [first, second, third] = back.items;
    expect(first!.seconds).toBeGreaterThanOrEqual(40);
    expect(third!.seconds).toBeGreaterThanOrEqual(5);
    expect([first!.reachedAt, third!.reachedAt]).not.toContain(null);
    expect(second).toMatchObject({ seconds: 0, reachedAt: null });
    expect(back.position).toBe(0);
  });

  test('is stale from another position and under another term, and stops at the end of the agenda', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx, users.lead, await withRecords());
    await expectNoWrites(server.db, async () => {
      expect(
        await users.lead.refused('post /api/standups/{standup}/walk', walking({ ...standup, position: 1 }, 0)),
      ).toMatchObject({ status: 409, current: 0 });
      expect(
        await users.lead.refused('post /api/standups/{standup}/walk', walking({ ...standup, term: 0 }, 1)),
      ).toMatchObject({ status: 409, current: { leader: users.lead.id, term: 1, position: 0 } });
      expect(await users.lead.refused('post /api/standups/{standup}/walk', walking(standup, 2))).toMatchObject({
        status: 404,
      });
    });
  });

  test('[M33] only the leader steps and ends', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx, users.lead, await withRecords());
    await join(users.reviewer, standup);
    await expectNoWrites(server.db, async () => {
      for (const problem of [
        await users.reviewer.refused('post /api/standups/{standup}/walk', walking(standup, 1)),
        await users.reviewer.refused('post /api/standups/{standup}/end', leading(standup)),
      ])
        expect(problem).toMatchObject({
          status: 422,
          findings: [{ rule: 'M33', params: { leader: users.lead.name } }],
        });
    });
  });
});

describe('taking over', () => {
  const route = 'post /api/standups/{standup}/lead';

  describe('every verb', () =>
    commandContract({
      route,
      kind: 'standup.led',
      ctx,
      occasion: async () => ({
        by: ctx.users.lead,
        ask: leading(await started(ctx, ctx.users.reviewer)),
        trail: ctx.users.scope,
      }),
    }));

  test('keeps the position; later requests of the old leader are stale', async () => {
    const { users } = ctx;
    const standup = await started(ctx, users.reviewer, await withRecords());
    const { standup: walked } = await walk(users.reviewer, standup, 1);
    const { standup: taken } = await lead(users.lead, walked);
    expect(taken).toMatchObject({ leader: users.lead.id, term: 2, position: 1 });
    expect(taken.people.map(({ person }) => person)).toContain(users.lead.id);
    expect(await users.reviewer.refused('post /api/standups/{standup}/walk', walking(walked, 0))).toMatchObject({
      status: 409,
      current: { leader: users.lead.id, term: 2 },
    });
  });

  test('[M34] others take over from a leader who has been away for five seconds', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx, users.reviewer);
    const problem = await expectNoWrites(server.db, () => users.dataOwner.refused(route, leading(standup)));
    expect(problem).toMatchObject({
      status: 422,
      findings: [{ rule: 'M34', params: { leader: users.reviewer.name } }],
    });
    late += 5_000;
    expect((await lead(users.dataOwner, standup)).standup).toMatchObject({ leader: users.dataOwner.id, term: 2 });
  });

  test('[O01] an observer cannot take over (fault D14)', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx, users.reviewer);
    // Long enough to take over, too short for the timer that records who left.
    late += 10_000;
    expect(await expectNoWrites(server.db, () => users.observer.refused(route, leading(standup)))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O01' }],
    });
  });

  test('is stale if another term has begun', async () => {
    const { users } = ctx;
    const standup = await started(ctx, users.reviewer);
    await lead(users.lead, standup);
    late += 60_000;
    expect(await users.dataOwner.refused(route, leading(standup))).toMatchObject({ status: 409, type: 'stale' });
  });
});

describe('ending', () => {
  describe('every verb', () =>
    commandContract({
      route: 'post /api/standups/{standup}/end',
      kind: 'standup.ended',
      ctx,
      occasion: async () => ({
        by: ctx.users.lead,
        ask: leading(await started(ctx)),
        trail: ctx.users.scope,
      }),
    }));

  test('[M35] after the end nobody joins and nothing changes, and everybody has left', async () => {
    const { users, server } = ctx;
    const standup = await started(ctx, users.lead, await withRecords());
    const { standup: ended } = await end(users.lead, standup);
    expect(ended.endedAt).not.toBeNull();
    expect(ended.people.every(({ leftAt }) => leftAt !== null)).toBe(true);
    await expectNoWrites(server.db, async () => {
      for (const problem of [
        await users.lead.refused('post /api/standups/{standup}/join', { params: { standup: standup.id }, body: {} }),
        await users.lead.refused('post /api/standups/{standup}/walk', walking(standup, 1)),
        await users.lead.refused('post /api/standups/{standup}/lead', leading(standup)),
        await users.lead.refused('post /api/standups/{standup}/end', leading(standup)),
      ])
        expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M35' }] });
    });
  });

  test('items not reached begin the next agenda, and changes since are on it', async () => {
    const { users } = ctx;
    const [reached, unreached] = await withRecords();
    await end(users.lead, await started(ctx, users.lead, [reached!, unreached!]));
    const staffed = await staffedRecord(users);
    const { since, items } = await users.lead.call('get /api/scopes/{scope}/agenda', {
      params: { scope: users.scope },
    });
    expect(since).not.toBeNull();
    expect(items[0]).toMatchObject({ card: { id: unreached }, reasons: [{ kind: 'notReached' }, { kind: 'unowned' }] });
    const changed = items.find(({ card }) => card.id === staffed.id)!;
    // Created, and assigned four duties.
    expect(changed.reasons).toContainEqual({ kind: 'changed', params: { count: 5 } });
    expect(items.find(({ card }) => card.id === reached)!.reasons.map(({ kind }) => kind)).toEqual(['unowned']);
  });
});

describe('the lists', () => {
  test('of a scope, newest first with its decisions, and of a record', async () => {
    const { users } = ctx;
    const [record] = await withRecords(1);
    const first = await started(ctx, users.lead, [record!]);
    await end(users.lead, first);
    const second = await started(ctx, users.lead, [record!]);
    const { standups } = await users.observer.call('get /api/scopes/{scope}/standups', {
      params: { scope: users.scope },
      query: {},
    });
    expect(standups.slice(0, 2)).toMatchObject([
      { id: second.id, endedAt: null, records: 1, decided: 0, reached: 1, since: { standup: first.id } },
      { id: first.id, records: 1 },
    ]);
    const { standups: of } = await users.observer.call('get /api/records/{record}/standups', {
      params: { record: record! },
    });
    expect(of.map(({ standup }) => standup)).toEqual([second.id, first.id]);
  });

  test('another organisation finds none of them', async () => {
    const { users } = ctx;
    const standup = await started(ctx, users.lead, await withRecords(1));
    const { admin } = users.elsewhere;
    const { id: record } = standup.items[0]!.card;
    for (const problem of [
      await admin.refused('get /api/standups/{standup}', { params: { standup: standup.id } }),
      await admin.refused('get /api/scopes/{scope}/standups', { params: { scope: users.scope }, query: {} }),
      await admin.refused('get /api/scopes/{scope}/agenda', { params: { scope: users.scope } }),
      await admin.refused('get /api/records/{record}/standups', { params: { record } }),
    ])
      expect(problem).toMatchObject({ status: 404 });
    expect((await admin.fetch(`/api/standups/${standup.id}/minutes.md`)).status).toBe(404);
  });
});

describe('planning a release', () => {
  const route = 'post /api/records/{record}/release';

  describe('every verb', () =>
    commandContract({
      route,
      kind: 'record.releasePlanned',
      ctx,
      occasion: async () => ({
        by: ctx.users.dataOwner,
        ask: { params: { record: (await staffedRecord(ctx.users)).id }, body: { from: null, to: '2027-01-15' } },
        trail: ctx.users.scope,
      }),
    }));

  test('is shown on the card, can be removed, and is stale if another day is planned', async () => {
    const { users, server } = ctx;
    const { id } = await staffedRecord(users);
    expect((await plan(users.lead, id, null, '2027-01-15')).card.releaseOn).toBe('2027-01-15');
    await expectNoWrites(server.db, async () => {
      const ask = { params: { record: id }, body: { from: null, to: '2027-01-16' } };
      expect(await users.lead.refused(route, ask)).toMatchObject({ status: 409, current: '2027-01-15' });
    });
    expect((await plan(users.lead, id, '2027-01-15', null)).card.releaseOn).toBeNull();
  });

  test('[O01] neither the reviewer nor the data owner of another record plans one', async () => {
    const { users, server } = ctx;
    const { id } = await newRecord(users);
    const ask = { params: { record: id }, body: { from: null, to: '2027-01-15' } };
    await expectNoWrites(server.db, async () => {
      for (const person of [users.reviewer, users.dataOwner])
        expect(await person.refused(route, ask)).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    });
  });
});
