import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ExceptionsAct } from '#shared/contract/exception.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { operations } from '#server/db/schema.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, readyRecord, stageBefore, untick } from '#test/support/records.ts';
import { deciding, started } from '#test/support/standups.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();

/** The last rule of each gate that can be violated without changing what an undo would write. */
const broken: [StageKey, string][] = [
  ['data', 'P02'],
  ['review', 'P10'],
  ['output', 'P11'],
  ['signing', 'P12'],
  ['delivery', 'P13'],
];

test.each(broken)('an undo back into %s is refused by [%s], like a move (fault D15)', async (to, rule) => {
  const { users, server } = ctx;
  const card = await readyRecord(ctx);
  const before = stageBefore(to);
  await move(users.lead, card, to);
  const operation = randomUUID();
  const route = 'post /api/records/{record}/move';
  const back = { from: to, to: before, reason: 'too early' };
  await users.lead.call(route, { params: { record: card.id }, body: back, operation });
  if (to === 'data') {
    const body = { duty: 'dataOwner' as const, from: users.dataOwner.id, to: null };
    await users.lead.call('post /api/records/{record}/duties', { params: { record: card.id }, body });
  } else await untick(ctx, card.id, before);
  const [moved, undone] = await expectNoWrites(server.db, async () => [
    await users.lead.refused(route, { params: { record: card.id }, body: { from: before, to } }),
    await users.lead.refused('post /api/operations/{operation}/take-back', { params: { operation } }),
  ]);
  expect(moved!.findings!.map((finding) => finding.rule)).toContain(rule);
  expect(undone).toMatchObject({ status: 422, type: 'refused', findings: moved!.findings });
});

test('each item of a bulk operation is refused by the rules of the single request (fault D15)', async () => {
  const { users, server } = ctx;
  const { lead, observer, dataOwner, scope } = users;
  const { id } = await newRecord(users);
  const params = { record: id };
  const raising = { kind: 'other' as const, cause: 'axle report', waitingFor: null, owner: null, until: null };
  const { exception } = await lead.call('post /api/records/{record}/exceptions', { params, body: raising });
  const [nobody, day] = [randomUUID(), '2026-12-01'];

  const given = async (by: Client, from: string | null, more: { to?: string | null; due?: string | null } = {}) => {
    const body = { to: lead.id, what: 'look', due: null, ...more };
    const one = await by.refused('post /api/records/{record}/next-action', { params, body: { ...body, from } });
    const ask = { params: { scope }, body: { ...body, records: [{ record: id, from }] } };
    const { results } = await by.call('post /api/scopes/{scope}/bulk/next-actions', ask);
    return { one, inSet: results[0]!.refusal };
  };
  const oneException = { params: { ...params, exception } };
  const inSet = async (by: Client, act: ExceptionsAct, from?: string | null) => {
    const body = { exceptions: [{ exception, ...(from === undefined ? {} : { from }) }], act };
    const { results } = await by.call('post /api/scopes/{scope}/exceptions/changes', { params: { scope }, body });
    return results[0]!.problem;
  };
  const changed = async (by: Client, from: string | null, to: string | null) => ({
    one: await by.refused('post /api/records/{record}/exceptions/{exception}/changes', {
      ...oneException,
      body: { owner: { from, to } },
    }),
    inSet: await inSet(by, { kind: 'owner', to }, from),
  });
  const closed = async (by: Client) => ({
    one: await by.refused('post /api/records/{record}/exceptions/{exception}/close', {
      ...oneException,
      body: { resolution: 'It came' },
    }),
    inSet: await inSet(by, { kind: 'close', resolution: 'It came' }),
  });
  const pairs = await expectNoWrites(
    server.db,
    async () => [
      await given(observer, null),
      await given(lead, nobody),
      await given(lead, null, { to: observer.id }),
      await given(lead, null, { to: nobody }),
      await given(dataOwner, null, { to: null, due: day }),
      await changed(observer, null, lead.id),
      await changed(lead, nobody, lead.id),
      await changed(lead, null, nobody),
      await closed(observer),
    ],
    [operations],
  );
  for (const { one, inSet: refusal } of pairs) {
    const { type, findings = [], current } = one;
    expect({ findings: [], ...refusal }).toMatchObject({
      type,
      findings,
      ...(current === undefined ? {} : { current }),
    });
  }
});

test('a standup decision is refused by the rules of the single request (fault D15)', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const standup = await started(ctx, users.lead, [id]);
  const outcome = 'post /api/standups/{standup}/items/{position}/outcome';
  const params = { record: id };
  const [nobody, day] = [randomUUID(), '2026-12-01'];
  const action = { from: null, to: users.observer.id, what: 'look', due: null };
  const stale = { from: day, to: null };
  const exception = { kind: 'other' as const, cause: 'x', waitingFor: null, owner: nobody, until: null };
  const unfounded = { ...exception, owner: null, rule: 'R01', entry: 'vin' };
  const { lead } = users;
  const pairs = await expectNoWrites(server.db, async () => [
    [
      await lead.refused('post /api/records/{record}/next-action', { params, body: action }),
      await lead.refused(outcome, deciding(standup, 0, { kind: 'nextAction', ...action })),
    ],
    [
      await lead.refused('post /api/records/{record}/release', { params, body: stale }),
      await lead.refused(outcome, deciding(standup, 0, { kind: 'releaseDate', ...stale })),
    ],
    [
      await lead.refused('post /api/records/{record}/exceptions', { params, body: exception }),
      await lead.refused(outcome, deciding(standup, 0, { kind: 'exception', exception })),
    ],
    [
      await lead.refused('post /api/records/{record}/exceptions', { params, body: unfounded }),
      await lead.refused(outcome, deciding(standup, 0, { kind: 'exception', exception: unfounded })),
    ],
  ]);
  expect(pairs.map(([asked]) => asked!.status)).toEqual([422, 409, 404, 422]);
  for (const [asked, decided] of pairs) expect(decided).toEqual(asked);
});
