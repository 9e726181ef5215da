import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { ExceptionFilter, ExceptionsAct, NewException, ScopeException } from '#shared/contract/exception.ts';
import { events } from '#server/db/schema.ts';
import { factOf } from '#server/db/trail.ts';
import { useTestServer } from '#test/support/context.ts';
import { operations } from '#server/db/schema.ts';
import { changeExceptions } from '#server/commands/exceptions/change-many.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

let ahead = 0;
const ctx = useTestServer({ now: () => new Date(Date.now() + ahead) });
const list = 'get /api/scopes/{scope}/exceptions';
const bulk = 'post /api/scopes/{scope}/exceptions/changes';
const day = (days: number) => new Date(Date.now() + ahead + days * 86_400_000).toISOString().slice(0, 10);

async function raise(record: string, more: Partial<z.input<typeof NewException>> = {}) {
  ahead += 1000;
  const { exception } = await ctx.users.lead.call('post /api/records/{record}/exceptions', {
    params: { record },
    body: { kind: 'other', cause: 'no COP', waitingFor: null, owner: null, until: null, ...more },
  });
  return exception;
}

async function listed(filter: ExceptionFilter = {}, who = ctx.users.observer): Promise<ScopeException[]> {
  const found: ScopeException[] = [];
  let after: string | undefined;
  do {
    const page = await who.call(list, { params: { scope: ctx.users.scope }, query: { ...filter, after } });
    found.push(...page.exceptions);
    after = page.next ?? undefined;
  } while (after);
  return found;
}
const ids = async (...asked: Parameters<typeof listed>) => (await listed(...asked)).map(({ id }) => id);
/** `seen`: the list as the caller last saw it; default: the present list. */
async function act(
  exceptions: string[],
  one: ExceptionsAct,
  who = ctx.users.lead,
  operation?: string,
  seen?: ScopeException[],
) {
  const all = seen ?? [...(await listed()), ...(await listed({ closed: true }))];
  const from = (id: string) => all.find((exception) => exception.id === id)?.[one.kind as 'owner'] ?? null;
  const body = { exceptions: exceptions.map((exception) => ({ exception, from: from(exception) })), act: one };
  return who.call(bulk, { params: { scope: ctx.users.scope }, body, operation });
}

test('sorts by severity, overdue and age; the pages return every exception once', async () => {
  const { id } = await newRecord(ctx.users);
  const minor = await raise(id, { severity: 'minor', until: day(-3) });
  const older = await raise(id);
  const late = await raise(id, { until: day(-1) });
  const soon = await raise(id, { until: day(3) });
  const critical = await raise(id, { severity: 'critical' });
  expect(await ids()).toEqual([critical, late, older, soon, minor]);
  for (let more = 0; more < 60; more++) await raise(id, { severity: more % 2 ? 'minor' : 'critical' });
  const all = await ids();
  expect(all).toHaveLength(65);
  expect(new Set(all).size).toBe(65);
  expect(await ids({ overdue: true })).toEqual([late, minor]);
});

test.each(['GROSSE achse', 'größe', 'gro\u0308ße lefevre'])(
  '%s finds a cause in any order and without accents (fault no. 24)',
  async (text) => {
    const card = await newRecord(ctx.users);
    const one = await raise(card.id, { cause: 'Achse: Größe fehlt', waitingFor: 'Lefèvre' });
    expect(await ids({ text: `${text} ${card.reference}` })).toEqual([one]);
  },
);

test('filters by kind, owner, side and own, and literally by any part of cause, waiting-for and reference', async () => {
  const { users } = ctx;
  const card = await newRecord(users);
  const one = await raise(card.id, {
    kind: 'delivery',
    owner: users.signatory.id,
    waitingOn: 'others',
    cause: '100 % refused',
    waitingFor: 'Access point',
  });
  const asked: ExceptionFilter[] = [
    { kind: 'delivery' },
    { owner: users.signatory.id },
    { waitingOn: 'others' },
    { text: '0 % REF' },
    { text: 'access' },
    { text: card.reference },
  ];
  for (const filter of asked) expect(await ids(filter)).toEqual([one]);
  expect(await ids({ mine: true }, users.signatory)).toEqual([one]);
  expect(await ids({ text: '_' })).toEqual([]);
  await act([one], { kind: 'close', resolution: 'sent again' });
  expect(await ids({ kind: 'delivery' })).toEqual([]);
  expect(await listed({ closed: true })).toMatchObject([
    { id: one, record: { reference: card.reference, stage: 'intake' }, closed: { resolution: 'sent again' } },
  ]);
});

test('another organisation sees, counts and changes nothing', async () => {
  const { users, server } = ctx;
  const one = await raise((await newRecord(users)).id);
  const { admin, scope } = users.elsewhere;
  await expectNoWrites(
    server.db,
    async () => {
      const params = { scope: users.scope };
      expect(await admin.refused(list, { params, query: {} })).toMatchObject({ status: 404 });
      expect(
        await admin.refused('get /api/scopes/{scope}/exceptions/ledger', {
          params,
          query: { from: day(0), to: day(0) },
        }),
      ).toMatchObject({ status: 404 });
      const body = { exceptions: [{ exception: one, from: null }], act: { kind: 'until' as const, to: null } };
      expect(await admin.refused(bulk, { params, body })).toMatchObject({ status: 404 });
    },
    [],
  );
  await expectNoWrites(
    server.db,
    async () => {
      const { results } = await admin.call(bulk, {
        params: { scope },
        body: { exceptions: [{ exception: one, from: null }], act: { kind: 'until', to: null } },
      });
      expect(results).toMatchObject([{ exception: one, ok: false, problem: { status: 404 } }]);
    },
    [operations],
  );
});

test('each exception of a set is judged separately and has its own event; resending changes nothing', async () => {
  const { users, server } = ctx;
  const [a, b] = [await newRecord(users), await newRecord(users)];
  const [one, other, closed] = [await raise(a.id), await raise(b.id), await raise(b.id)];
  await act([closed], { kind: 'close', resolution: 'done' });
  const operation = crypto.randomUUID();
  const seen = [...(await listed()), ...(await listed({ closed: true }))];
  const give = () =>
    act([one, closed, other], { kind: 'owner', to: users.reviewer.id }, users.dataOwner, operation, seen);
  const { answer, left } = await eventsOf(server.db, users.scope, give);
  expect(answer.results.map(({ ok, problem }) => problem?.status ?? ok)).toEqual([true, 409, true]);
  expect(left.map(({ kind, recordId }) => [kind, recordId])).toEqual([
    ['exception.changed', a.id],
    ['exception.changed', b.id],
  ]);
  expect(await expectNoWrites(server.db, give)).toMatchObject({ results: [{ ok: true }, { ok: false }, { ok: true }] });
  await act([one], { kind: 'waitingOn', to: 'others' });
  await act([one], { kind: 'until', to: day(5) });
  expect((await listed()).find(({ id }) => id === one)).toMatchObject({
    owner: users.reviewer.id,
    waitingOn: 'others',
    until: day(5),
  });
  const { results } = await act([one], { kind: 'close', resolution: 'x' }, users.observer);
  expect(results).toMatchObject([{ ok: false, problem: { status: 403, findings: [{ rule: 'O01' }] } }]);
});

test('refuses more than 200 in one request as bad input', async () => {
  const problem = await ctx.users.lead.refused(bulk, {
    params: { scope: ctx.users.scope },
    body: {
      exceptions: Array.from({ length: 201 }, () => ({ exception: crypto.randomUUID(), from: null })),
      act: { kind: 'until', to: null },
    },
  });
  expect(problem).toMatchObject({ status: 400 });
});

test('does not overwrite a colleague’s change, and returns the present values (fault D8)', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const [one, other] = [await raise(id), await raise(id)];
  const seen = await listed();
  await act([one], { kind: 'owner', to: users.reviewer.id });
  const operation = crypto.randomUUID();
  const give = () => act([one, other], { kind: 'owner', to: users.signatory.id }, users.dataOwner, operation, seen);
  const { results } = await give();
  expect(results).toMatchObject([
    { exception: one, ok: false, problem: { status: 409, current: users.reviewer.id } },
    { exception: other, ok: true },
  ]);
  const owners = (await listed()).filter((exception) => [one, other].includes(exception.id));
  expect(new Set(owners.map(({ owner }) => owner))).toEqual(new Set([users.reviewer.id, users.signatory.id]));
  await act([one], { kind: 'owner', to: null });
  expect(await expectNoWrites(server.db, give)).toEqual({ results });
});

test('requires the seen version, except for closing (fault D8)', async () => {
  const { users } = ctx;
  const exception = await raise((await newRecord(users)).id);
  const ask = (act: ExceptionsAct) => ({
    params: { scope: users.scope },
    body: { exceptions: [{ exception }], act },
  });
  expect(await users.lead.refused(bulk, ask({ kind: 'owner', to: null }))).toMatchObject({ status: 400 });
  const { results } = await users.lead.call(bulk, ask({ kind: 'close', resolution: 'done' }));
  expect(results).toMatchObject([{ ok: true }]);
});

test('an unexpected error is not a result of one item, but fails the request (fault D8)', async () => {
  const { users, server } = ctx;
  const exception = await raise((await newRecord(users)).id);
  const services = { ...server.services, now: () => new Date(Number.NaN) };
  const attempt = changeExceptions(
    services,
    { actor: { id: users.lead.id, name: users.lead.name }, operation: crypto.randomUUID() },
    { scope: users.scope, exceptions: [{ exception }], act: { kind: 'close', resolution: 'done' } },
  );
  await expect(attempt).rejects.toThrow(/Invalid time|invalid/i);
  expect(await ids()).toContain(exception);
});

test('the ledger of a period equals a replay of the trail', async () => {
  const { users, server } = ctx;
  const [a, b] = [await newRecord(users), await newRecord(users)];
  const found: string[] = [];
  for (let n = 0; n < 7; n++)
    found.push(await raise(n % 2 ? a.id : b.id, { kind: n % 3 ? 'signing' : 'format', cause: ' No  key. ' }));
  for (const [n, one] of found.slice(0, 5).entries()) {
    ahead += (n + 1) * 3_700_000;
    await act([one], { kind: 'waitingOn', to: 'others' });
    ahead += (6 - n) * 1_234_000;
    await act([one], { kind: 'close', resolution: 'key found' });
  }
  const record = (await listed({ closed: true })).find(({ id }) => id === found[1])!.record.id;
  ahead += 500_000;
  const again = { params: { record, exception: found[1]! }, body: { why: 'lost again' } };
  await users.lead.call('post /api/records/{record}/exceptions/{exception}/reopen', again);
  ahead += 60_000;
  await act([found[1]!], { kind: 'close', resolution: 'found again' });

  const { lines, repeats } = await users.observer.call('get /api/scopes/{scope}/exceptions/ledger', {
    params: { scope: users.scope },
    query: { from: day(-30), to: day(1) },
  });
  const replayed = replay(
    await server.db.select().from(events).where(eq(events.trailId, users.scope)).orderBy(asc(events.seq)),
  );
  expect(lines).toHaveLength(new Set(replayed.map(({ kind }) => kind)).size);
  for (const { kind, ...line } of lines) {
    const of = replayed.filter((one) => one.kind === kind);
    const closed = of.filter((one) => !one.open);
    const spell = (seconds: number[]) => {
      const sorted = seconds.toSorted((x, y) => x - y);
      return { median: sorted[Math.ceil(sorted.length / 2) - 1], longest: sorted.at(-1) };
    };
    expect(line, kind).toEqual({
      raised: of.length,
      open: of.length - closed.length,
      closed: closed.length,
      reopened: of.filter(({ reopened }) => reopened).length,
      toClose:
        closed.length === 0
          ? null
          : {
              total: spell(closed.map(({ us, others }) => us + others)),
              us: spell(closed.map(({ us }) => us)),
              others: spell(closed.map(({ others }) => others)),
            },
    });
  }
  expect(lines.find(({ kind }) => kind === 'signing')).toMatchObject({ raised: 4, reopened: 1 });
  expect(repeats.find(({ cause }) => cause.includes('No  key'))).toMatchObject({ records: 2, raised: 7, open: 2 });
  const before = await users.observer.call('get /api/scopes/{scope}/exceptions/ledger', {
    params: { scope: users.scope },
    query: { from: day(-30), to: day(-20) },
  });
  expect(before).toEqual({ lines: [], repeats: [] });
});

interface Replayed {
  kind: string;
  side: 'us' | 'others';
  since: number;
  us: number;
  others: number;
  open: boolean;
  reopened: boolean;
}

/** The ledger computed from the events alone, without reading the exceptions. */
function replay(trail: (typeof events.$inferSelect)[]): Replayed[] {
  const all = new Map<string, Replayed>();
  for (const { at, ...event } of trail) {
    const { kind, body } = factOf(event);
    const id = 'exception' in body ? body.exception : '';
    const one = all.get(id);
    const now = at.getTime();
    const stop = () => one && (one[one.side] += Math.floor((now - one.since) / 1000));
    if (kind === 'exception.raised') {
      const { kind: of, waitingOn } = body;
      all.set(id, { kind: of, side: waitingOn!, since: now, us: 0, others: 0, open: true, reopened: false });
    } else if (kind === 'exception.changed') {
      const { after } = body;
      one!.kind = after.kind ?? one!.kind;
      if (!after.waitingOn) continue;
      stop();
      Object.assign(one!, { side: after.waitingOn, since: now });
    } else if (kind === 'exception.closed') {
      stop();
      one!.open = false;
    } else if (kind === 'exception.reopened') Object.assign(one!, { open: true, reopened: true, since: now });
  }
  return [...all.values()];
}
