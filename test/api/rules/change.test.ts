import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { changeRules } from '#server/commands/rules/change.ts';
import { Stale } from '#server/commands/errors.ts';
import { productSettings, ruleSetVersion } from '#shared/domain/rule-set.ts';
import { judgements, records } from '#server/db/schema.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { move, newRecord, readyRecord, vehicle } from '#test/support/records.ts';
import { letHold, rulesOf, settingsWith, tried } from '#test/support/rules.ts';
import { eventsOf, settled, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/organisations/{organisation}/rules';
/** Settings that no other test here uses. */
let days = 100;
const other = () => settingsWith({ waiverDays: ++days });
const version = async () => (await rulesOf(ctx)).present.version;
const ask = (from: number, settings = productSettings, note = 'agreed') => ({
  params: { organisation: ctx.users.organisation },
  body: { from, settings, note },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'rules.changed',
    ctx,
    occasion: async () => {
      const settings = other();
      await tried(ctx, settings);
      return { by: ctx.users.admin, ask: ask(await version(), settings), trail: ctx.users.organisation };
    },
  }));

test('the next version applies, earlier ones stay readable, and the event has the differences and the reason', async () => {
  const { server, users } = ctx;
  const before = (await rulesOf(ctx)).present;
  const settings = settingsWith({ severities: { R53: 'error', R08: 'warning' }, wmis: ['YV9'], waiverDays: 30 });
  const { answer, left } = await eventsOf(server.db, users.organisation, () => letHold(ctx, settings, 'audit of May'));
  expect(answer).toMatchObject({ version: before.version + 1, settings, note: 'audit of May' });
  expect(left[0]!.body).toMatchObject({
    version: answer.version,
    before: before.settings,
    after: settings,
    note: 'audit of May',
  });
  const { present, earlier, rules } = await rulesOf(ctx, users.observer);
  expect(present).toEqual(answer);
  expect(present.changed).toMatchObject({ by: users.admin.id, name: users.admin.name });
  expect(earlier.map((one) => one.version)).toEqual(Array.from({ length: present.version }, (_, n) => n).reverse());
  expect(earlier.at(-1)).toEqual({ version: 0, settings: productSettings, note: null, changed: null });
  expect(rules.find(({ id }) => id === 'R53')).toMatchObject({ severity: 'warning', stages: ['review'], fixed: false });
  await letHold(ctx, productSettings);
});

test('every record outside the archive is rejudged; the archive and other organisations are not', async () => {
  const { server, users } = ctx;
  const archived = await move(users.lead, await readyRecord(ctx), 'archive');
  const elsewhere = await users.elsewhere.admin.call('post /api/scopes/{scope}/records', {
    params: { scope: users.elsewhere.scope },
    body: { data: vehicle() },
  });
  await newRecord(users);
  const { version } = await letHold(ctx, other());
  await settled(server.db);
  const judged = await server.db
    .select({ id: records.id, organisation: records.organisationId, stage: records.stage, rules: judgements.ruleSet })
    .from(records)
    .innerJoin(judgements, eq(judgements.recordId, records.id));
  const open = judged.filter(({ organisation, stage }) => organisation === users.organisation && stage !== 'archive');
  expect(new Set(open.map(({ rules }) => rules))).toEqual(new Set([ruleSetVersion(version)]));
  for (const { id } of [archived.card, elsewhere.card])
    expect(judged.find((one) => one.id === id)!.rules).not.toBe(ruleSetVersion(version));
});

test('[R05] a VIN that begins with none of the organisation’s own identifiers is a warning, and an error where configured', async () => {
  const { users } = ctx;
  const card = await readyRecord(ctx);
  await letHold(ctx, settingsWith({ wmis: ['ZZ9'] }));
  const warned = await move(users.lead, card, 'data');
  expect(await saidOf(card.id, 'data')).toMatchObject([{ rule: 'R05', severity: 'warning', params: { wmi: 'YV9' } }]);
  await letHold(ctx, settingsWith({ wmis: ['ZZ9'], severities: { R05: 'error' } }));
  const another = await readyRecord(ctx);
  const shut = await expectNoWrites(ctx.server.db, () =>
    users.lead.refused('post /api/records/{record}/move', {
      params: { record: another.id },
      body: { from: 'intake', to: 'data' },
    }),
  );
  expect(shut.findings).toMatchObject([{ rule: 'R05', severity: 'error' }]);
  await letHold(ctx, settingsWith({ wmis: ['YV9', 'ZZ9'], severities: { R05: 'error' } }));
  expect((await move(users.lead, another, 'data')).card.stage).toBe('data');
  expect(warned.card.stage).toBe('data');
  await letHold(ctx, productSettings);
});

test('[P15] a review made under other rules causes a warning and stays valid, and the move names its rules', async () => {
  const { server, users } = ctx;
  const card = await readyRecord(ctx);
  const { version } = await letHold(ctx, other());
  // The new rules rejudge every record, which leaves events as well.
  await settled(server.db);
  const { left } = await eventsOf(server.db, users.scope, () => move(users.lead, card, 'output'));
  const { verdict, ruleSet } = left[0]!.body as { verdict: { open: boolean; findings: unknown[] }; ruleSet: string };
  expect(ruleSet).toMatch(new RegExp(`\\.${version}$`));
  expect(verdict.open).toBe(true);
  expect(verdict.findings).toMatchObject([{ rule: 'P15', severity: 'warning', params: { present: ruleSet } }]);
});

test('[M20] [M21] [M22] refuses an unknown or fixed rule, an invalid identifier and a time out of bounds', async () => {
  const { server, users } = ctx;
  const from = await version();
  const refusedFor = async (changes: Parameters<typeof settingsWith>[0]) => {
    const settings = settingsWith(changes);
    const changing = await users.admin.refused(route, ask(from, settings));
    const trying = await users.admin.refused('post /api/organisations/{organisation}/rules/trials', {
      params: { organisation: users.organisation },
      body: settings,
    });
    expect(trying.findings).toEqual(changing.findings);
    return changing.findings!.map(({ rule, params }) => [rule, ...Object.values(params)]);
  };
  await expectNoWrites(server.db, async () => {
    expect(await refusedFor({ severities: { R99: 'info' } })).toEqual([['M20', 'R99']]);
    expect(await refusedFor({ severities: { P06: 'warning', R50: 'warning' } })).toEqual([['M21', 'P06']]);
    expect(await refusedFor({ wmis: ['WVW', 'wvw', 'IOQ'] })).toEqual([
      ['M22', 'wvw'],
      ['M22', 'IOQ'],
    ]);
    expect(await refusedFor({ waiverDays: 0 })).toEqual([['M22', 0, 730]]);
    expect(await refusedFor({ waiverDays: 731 })).toEqual([['M22', 731, 730]]);
  });
});

test('[M23] refuses the settings already in force, in any notation', async () => {
  const { present } = await rulesOf(ctx);
  const { severities, wmis } = present.settings;
  const same = { ...present.settings, severities: { ...severities, R50: 'error' as const }, wmis: [...wmis, ...wmis] };
  const problem = await expectNoWrites(ctx.server.db, () => ctx.users.admin.refused(route, ask(present.version, same)));
  expect(problem.findings).toMatchObject([{ rule: 'M23' }]);
});

test('[M24] refuses settings that were not tried since the rules last changed', async () => {
  const { server, users } = ctx;
  const [first, second] = [other(), other()];
  const untried = (settings: typeof first, from: number) =>
    expectNoWrites(server.db, async () => (await users.admin.refused(route, ask(from, settings))).findings);
  expect(await untried(first, await version())).toMatchObject([{ rule: 'M24' }]);
  await tried(ctx, first);
  await letHold(ctx, second);
  expect(await untried(first, await version())).toMatchObject([{ rule: 'M24' }]);
});

test('is stale if the caller saw another version than the present one', async () => {
  const settings = other();
  await tried(ctx, settings);
  const problem = await expectNoWrites(ctx.server.db, async () =>
    ctx.users.admin.refused(route, ask((await version()) - 1, settings)),
  );
  expect(problem).toMatchObject({ status: 409, type: 'stale', current: await version() });
});

test('of two concurrent changes one succeeds and the other is stale', async () => {
  const { server, users } = ctx;
  const pair = [other(), other()];
  for (const settings of pair) await tried(ctx, settings);
  const from = await version();
  const outcomes = await Promise.allSettled(
    pair.map((settings) =>
      changeRules(server.services, by(users.admin), {
        organisation: users.organisation,
        from,
        settings,
        note: 'at once',
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Stale) });
  expect(await version()).toBe(from + 1);
});

test('[O04] members who are not administrators read the rules but cannot change them', async () => {
  const { server, users } = ctx;
  const settings = other();
  await tried(ctx, settings, users.observer);
  const from = await version();
  await expectNoWrites(server.db, async () => {
    for (const person of [users.lead, users.reviewer, users.observer]) {
      expect(await person.refused(route, ask(from, settings))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O04' }],
      });
    }
    expect(
      await users.elsewhere.admin.refused('get /api/organisations/{organisation}/rules', {
        params: { organisation: users.organisation },
      }),
    ).toMatchObject({ status: 404 });
  });
});

async function saidOf(record: string, stage: string) {
  const { verdicts } = await ctx.users.lead.call('get /api/records/{record}', { params: { record } });
  return verdicts.find((verdict) => verdict.stage === stage)!.findings;
}
