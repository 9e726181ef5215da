import { describe, expect, test } from 'vitest';
import { operations } from '#server/db/schema.ts';
import { standOn } from '#test/support/ground.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { end, endOpen, join, lead, leading, leave, plan, started, walk, walking } from '#test/support/standups.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

let late = 0;
const ground = standOn({ now: () => new Date(Date.now() + late) });
const start = 'post /api/scopes/{scope}/standups';
const starting = () => ({ params: { scope: ground.cast.scope }, body: {} });

/** Two records at least are on the agenda: nobody owns them. */
async function withRecords(count = 2): Promise<string[]> {
  const made = [];
  for (let n = 0; n < count; n++) made.push((await newRecord(ground.cast)).id);
  return made;
}

describe('starting', () => {
  describe('every verb', () =>
    holdsForEveryVerb({
      route: start,
      kind: 'standup.started',
      ground,
      occasion: async () => {
        await endOpen(ground);
        return { by: ground.cast.reviewer, ask: starting(), trail: ground.cast.scope };
      },
    }));

  test('freezes the agenda, puts its first record on the table, and whoever starts it leads and is there', async () => {
    const { cast } = ground;
    await endOpen(ground);
    await withRecords();
    const { items } = await cast.observer.call('get /api/scopes/{scope}/agenda', { params: { scope: cast.scope } });
    const standup = await started(ground, cast.reviewer);
    expect(standup.items.map(({ card, reasons }) => [card.id, reasons])).toEqual(
      items.map(({ card, reasons }) => [card.id, reasons]),
    );
    expect(standup).toMatchObject({ leader: cast.reviewer.id, startedBy: cast.reviewer.id, term: 1, position: 0 });
    expect(standup.items.map(({ reachedAt }) => reachedAt !== null)).toEqual(items.map((_, index) => index === 0));
    expect(standup.people).toMatchObject([{ person: cast.reviewer.id, leftAt: null }]);
    await newRecord(cast);
    const { items: later } = await cast.lead.call('get /api/standups/{standup}', { params: { standup: standup.id } });
    expect(later).toHaveLength(items.length);
  });

  test('goes through the records that were named, in their order, and through none that is not on the agenda', async () => {
    const { cast, server } = ground;
    await endOpen(ground);
    const [first, second] = await withRecords();
    const body = { records: [second!, first!] };
    const { standup } = await cast.lead.call(start, { params: { scope: cast.scope }, body });
    expect(standup.items.map(({ card }) => card.id)).toEqual([second, first]);
    await endOpen(ground);
    const named = { params: { scope: cast.scope }, body: { records: [crypto.randomUUID()] } };
    await withoutTrace(server.db, async () => {
      expect(await cast.lead.refused(start, named)).toMatchObject({ status: 404 });
    });
  });

  test('[M32] is refused while one is open, and says who leads that', async () => {
    const { cast, server } = ground;
    await started(ground, cast.reviewer);
    const problem = await withoutTrace(server.db, () => cast.lead.refused(start, starting()));
    expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M32', params: { leader: cast.reviewer.name } }] });
  });

  test('[O01] an observer starts none, and an administrator neither', async () => {
    const { cast, server } = ground;
    await endOpen(ground);
    await withoutTrace(server.db, async () => {
      for (const person of [cast.observer, cast.admin])
        expect(await person.refused(start, starting())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    });
  });
});

describe('joining and leaving', () => {
  describe('every verb joins', () =>
    holdsForEveryVerb({
      route: 'post /api/standups/{standup}/join',
      kind: 'standup.joined',
      ground,
      occasion: async () => ({
        by: ground.cast.observer,
        ask: { params: { standup: (await started(ground)).id }, body: {} },
        trail: ground.cast.scope,
      }),
    }));

  describe('every verb leaves', () =>
    holdsForEveryVerb({
      route: 'post /api/standups/{standup}/leave',
      kind: 'standup.left',
      ground,
      occasion: async () => {
        const { standup } = await join(ground.cast.observer, await started(ground));
        const ask = { params: { standup: standup.id }, body: {} };
        return { by: ground.cast.observer, ask, trail: ground.cast.scope };
      },
    }));

  test('whoever left is back when they join again, and joining twice changes nothing', async () => {
    const { cast, server } = ground;
    const standup = await started(ground);
    const { standup: joined } = await join(cast.observer, standup);
    await withoutTrace(server.db, () => join(cast.observer, standup), [operations]);
    const { standup: left } = await leave(cast.observer, standup);
    const { standup: back } = await join(cast.observer, standup);
    const mine = ({ people }: typeof standup) => people.find(({ person }) => person === cast.observer.id);
    expect(mine(joined)!.leftAt).toBeNull();
    expect(mine(left)!.leftAt).not.toBeNull();
    expect(mine(back)).toEqual(mine(joined));
  });
});

describe('walking', () => {
  describe('every verb', () =>
    holdsForEveryVerb({
      route: 'post /api/standups/{standup}/walk',
      kind: 'standup.walked',
      ground,
      occasion: async () => {
        await withRecords();
        const standup = await started(ground);
        return { by: ground.cast.lead, ask: walking(standup, 1), trail: ground.cast.scope };
      },
    }));

  test('counts the time each record was on the table, and which were reached', async () => {
    const { cast, server } = ground;
    const records = await withRecords(3);
    const standup = await started(ground, cast.lead, records);
    late += 40_000;
    const { answer, left } = await eventsOf(server.db, cast.scope, () => walk(cast.lead, standup, 2));
    expect(left[0]!.body).toMatchObject({ before: 0, after: 2, term: 1 });
    late += 5_000;
    const { standup: back } = await walk(cast.lead, answer.standup, 0);
    const [first, second, third] = back.items;
    expect(first!.seconds).toBeGreaterThanOrEqual(40);
    expect(third!.seconds).toBeGreaterThanOrEqual(5);
    expect([first!.reachedAt, third!.reachedAt]).not.toContain(null);
    expect(second).toMatchObject({ seconds: 0, reachedAt: null });
    expect(back.position).toBe(0);
  });

  test('is stale from another place and under another term, and ends with the agenda', async () => {
    const { cast, server } = ground;
    const standup = await started(ground, cast.lead, await withRecords());
    await withoutTrace(server.db, async () => {
      expect(
        await cast.lead.refused('post /api/standups/{standup}/walk', walking({ ...standup, position: 1 }, 0)),
      ).toMatchObject({ status: 409, current: 0 });
      expect(
        await cast.lead.refused('post /api/standups/{standup}/walk', walking({ ...standup, term: 0 }, 1)),
      ).toMatchObject({ status: 409, current: { leader: cast.lead.id, term: 1, position: 0 } });
      expect(await cast.lead.refused('post /api/standups/{standup}/walk', walking(standup, 2))).toMatchObject({
        status: 404,
      });
    });
  });

  test('[M33] only the leader walks and ends', async () => {
    const { cast, server } = ground;
    const standup = await started(ground, cast.lead, await withRecords());
    await join(cast.reviewer, standup);
    await withoutTrace(server.db, async () => {
      for (const problem of [
        await cast.reviewer.refused('post /api/standups/{standup}/walk', walking(standup, 1)),
        await cast.reviewer.refused('post /api/standups/{standup}/end', leading(standup)),
      ])
        expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M33', params: { leader: cast.lead.name } }] });
    });
  });
});

describe('taking over', () => {
  const route = 'post /api/standups/{standup}/lead';

  describe('every verb', () =>
    holdsForEveryVerb({
      route,
      kind: 'standup.led',
      ground,
      occasion: async () => ({
        by: ground.cast.lead,
        ask: leading(await started(ground, ground.cast.reviewer)),
        trail: ground.cast.scope,
      }),
    }));

  test('keeps the place; what the old leader still sends is stale', async () => {
    const { cast } = ground;
    const standup = await started(ground, cast.reviewer, await withRecords());
    const { standup: walked } = await walk(cast.reviewer, standup, 1);
    const { standup: taken } = await lead(cast.lead, walked);
    expect(taken).toMatchObject({ leader: cast.lead.id, term: 2, position: 1 });
    expect(taken.people.map(({ person }) => person)).toContain(cast.lead.id);
    expect(await cast.reviewer.refused('post /api/standups/{standup}/walk', walking(walked, 0))).toMatchObject({
      status: 409,
      current: { leader: cast.lead.id, term: 2 },
    });
  });

  test('[M34] others take over from a leader who has been away for five seconds', async () => {
    const { cast, server } = ground;
    const standup = await started(ground, cast.reviewer);
    const problem = await withoutTrace(server.db, () => cast.dataOwner.refused(route, leading(standup)));
    expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M34', params: { leader: cast.reviewer.name } }] });
    late += 5_000;
    expect((await lead(cast.dataOwner, standup)).standup).toMatchObject({ leader: cast.dataOwner.id, term: 2 });
  });

  test('[O01] an observer takes nothing over (fault D14)', async () => {
    const { cast, server } = ground;
    const standup = await started(ground, cast.reviewer);
    // Long enough to take over, too short for the timer that writes down who left.
    late += 10_000;
    expect(await withoutTrace(server.db, () => cast.observer.refused(route, leading(standup)))).toMatchObject({
      status: 403,
      findings: [{ rule: 'O01' }],
    });
  });

  test('is stale where another term has begun', async () => {
    const { cast } = ground;
    const standup = await started(ground, cast.reviewer);
    await lead(cast.lead, standup);
    late += 60_000;
    expect(await cast.dataOwner.refused(route, leading(standup))).toMatchObject({ status: 409, type: 'stale' });
  });
});

describe('ending', () => {
  describe('every verb', () =>
    holdsForEveryVerb({
      route: 'post /api/standups/{standup}/end',
      kind: 'standup.ended',
      ground,
      occasion: async () => ({
        by: ground.cast.lead,
        ask: leading(await started(ground)),
        trail: ground.cast.scope,
      }),
    }));

  test('[M35] what has ended takes nobody and nothing more, and everybody has left it', async () => {
    const { cast, server } = ground;
    const standup = await started(ground, cast.lead, await withRecords());
    const { standup: ended } = await end(cast.lead, standup);
    expect(ended.endedAt).not.toBeNull();
    expect(ended.people.every(({ leftAt }) => leftAt !== null)).toBe(true);
    await withoutTrace(server.db, async () => {
      for (const problem of [
        await cast.lead.refused('post /api/standups/{standup}/join', { params: { standup: standup.id }, body: {} }),
        await cast.lead.refused('post /api/standups/{standup}/walk', walking(standup, 1)),
        await cast.lead.refused('post /api/standups/{standup}/lead', leading(standup)),
        await cast.lead.refused('post /api/standups/{standup}/end', leading(standup)),
      ])
        expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M35' }] });
    });
  });

  test('what was not reached begins the next agenda, and what changed since is on it', async () => {
    const { cast } = ground;
    const [reached, unreached] = await withRecords();
    await end(cast.lead, await started(ground, cast.lead, [reached!, unreached!]));
    const staffed = await staffedRecord(cast);
    const { since, items } = await cast.lead.call('get /api/scopes/{scope}/agenda', { params: { scope: cast.scope } });
    expect(since).not.toBeNull();
    expect(items[0]).toMatchObject({ card: { id: unreached }, reasons: [{ kind: 'notReached' }, { kind: 'unowned' }] });
    const changed = items.find(({ card }) => card.id === staffed.id)!;
    // Created, and given four duties.
    expect(changed.reasons).toContainEqual({ kind: 'changed', params: { count: 5 } });
    expect(items.find(({ card }) => card.id === reached)!.reasons.map(({ kind }) => kind)).toEqual(['unowned']);
  });
});

describe('the lists', () => {
  test('of a scope, newest first with what was decided, and of a record', async () => {
    const { cast } = ground;
    const [record] = await withRecords(1);
    const first = await started(ground, cast.lead, [record!]);
    await end(cast.lead, first);
    const second = await started(ground, cast.lead, [record!]);
    const { standups } = await cast.observer.call('get /api/scopes/{scope}/standups', {
      params: { scope: cast.scope },
      query: {},
    });
    expect(standups.slice(0, 2)).toMatchObject([
      { id: second.id, endedAt: null, records: 1, decided: 0, reached: 1, since: { standup: first.id } },
      { id: first.id, records: 1 },
    ]);
    const { standups: of } = await cast.observer.call('get /api/records/{record}/standups', {
      params: { record: record! },
    });
    expect(of.map(({ standup }) => standup)).toEqual([second.id, first.id]);
  });

  test('another organisation finds none of it', async () => {
    const { cast } = ground;
    const standup = await started(ground, cast.lead, await withRecords(1));
    const { admin } = cast.elsewhere;
    const { id: record } = standup.items[0]!.card;
    for (const problem of [
      await admin.refused('get /api/standups/{standup}', { params: { standup: standup.id } }),
      await admin.refused('get /api/scopes/{scope}/standups', { params: { scope: cast.scope }, query: {} }),
      await admin.refused('get /api/scopes/{scope}/agenda', { params: { scope: cast.scope } }),
      await admin.refused('get /api/records/{record}/standups', { params: { record } }),
    ])
      expect(problem).toMatchObject({ status: 404 });
    expect((await admin.fetch(`/api/standups/${standup.id}/minutes.md`)).status).toBe(404);
  });
});

describe('planning a release', () => {
  const route = 'post /api/records/{record}/release';

  describe('every verb', () =>
    holdsForEveryVerb({
      route,
      kind: 'record.releasePlanned',
      ground,
      occasion: async () => ({
        by: ground.cast.dataOwner,
        ask: { params: { record: (await staffedRecord(ground.cast)).id }, body: { from: null, to: '2027-01-15' } },
        trail: ground.cast.scope,
      }),
    }));

  test('stands on the card, can be taken away, and is stale where another day is planned', async () => {
    const { cast, server } = ground;
    const { id } = await staffedRecord(cast);
    expect((await plan(cast.lead, id, null, '2027-01-15')).card.releaseOn).toBe('2027-01-15');
    await withoutTrace(server.db, async () => {
      const ask = { params: { record: id }, body: { from: null, to: '2027-01-16' } };
      expect(await cast.lead.refused(route, ask)).toMatchObject({ status: 409, current: '2027-01-15' });
    });
    expect((await plan(cast.lead, id, '2027-01-15', null)).card.releaseOn).toBeNull();
  });

  test('[O01] the reviewer plans none, nor the data owner of another record', async () => {
    const { cast, server } = ground;
    const { id } = await newRecord(cast);
    const ask = { params: { record: id }, body: { from: null, to: '2027-01-15' } };
    await withoutTrace(server.db, async () => {
      for (const person of [cast.reviewer, cast.dataOwner])
        expect(await person.refused(route, ask)).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    });
  });
});
