import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StageKey } from '#shared/contract/stage.ts';
import { standOn } from '#test/support/ground.ts';
import { move, newRecord, readyRecord, stageBefore, untick } from '#test/support/records.ts';
import { deciding, started } from '#test/support/standups.ts';
import { withoutTrace } from '#test/support/trace.ts';

const ground = standOn();

/** The last rule of each gate to break without touching what an undo would write. */
const broken: [StageKey, string][] = [
  ['data', 'P02'],
  ['review', 'P10'],
  ['output', 'P11'],
  ['signing', 'P12'],
  ['delivery', 'P13'],
];

test.each(broken)('an undo back into %s is refused by [%s], as a move is (fault D15)', async (to, rule) => {
  const { cast, server } = ground;
  const card = await readyRecord(ground);
  const before = stageBefore(to);
  await move(cast.lead, card, to);
  const operation = randomUUID();
  const route = 'post /api/records/{record}/move';
  const back = { from: to, to: before, reason: 'too early' };
  await cast.lead.call(route, { params: { record: card.id }, body: back, operation });
  if (to === 'data') {
    const body = { duty: 'dataOwner' as const, from: cast.dataOwner.id, to: null };
    await cast.lead.call('post /api/records/{record}/duties', { params: { record: card.id }, body });
  } else await untick(ground, card.id, before);
  const [moved, undone] = await withoutTrace(server.db, async () => [
    await cast.lead.refused(route, { params: { record: card.id }, body: { from: before, to } }),
    await cast.lead.refused('post /api/operations/{operation}/take-back', { params: { operation } }),
  ]);
  expect(moved!.findings!.map((finding) => finding.rule)).toContain(rule);
  expect(undone).toMatchObject({ status: 422, type: 'refused', findings: moved!.findings });
});

test('a decision of a standup is refused by the rules of the request it stands for (fault D15)', async () => {
  const { cast, server } = ground;
  const { id } = await newRecord(cast);
  const standup = await started(ground, cast.lead, [id]);
  const outcome = 'post /api/standups/{standup}/items/{position}/outcome';
  const params = { record: id };
  const [nobody, day] = [randomUUID(), '2026-12-01'];
  const action = { from: null, to: cast.observer.id, what: 'look', due: null };
  const stale = { from: day, to: null };
  const exception = { kind: 'other' as const, cause: 'x', waitingFor: null, owner: nobody, until: null };
  const unfounded = { ...exception, owner: null, rule: 'R01', entry: 'vin' };
  const { lead } = cast;
  const pairs = await withoutTrace(server.db, async () => [
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
