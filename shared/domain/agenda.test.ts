import { expect, test } from 'vitest';
import type { ExceptionSeverity } from '#shared/contract/exception.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import { agenda, agendaLimit, typicalStays, type AgendaFacts, type Stay } from './agenda.ts';

const now = new Date('2026-11-24T09:00:00.000Z');
const today = '2026-11-24';
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const inDays = (days: number) => new Date(Date.UTC(2026, 10, 24 + days)).toISOString().slice(0, 10);

const calm: AgendaFacts = {
  id: 'a',
  stage: 'data',
  stageSince: ago(1),
  releaseOn: null,
  owner: 'somebody',
  exceptions: [],
  waivers: [],
  changed: 0,
  notReachedAt: null,
};
const reasonsOf = (facts: Partial<AgendaFacts>, usual = {}) =>
  agenda([{ ...calm, ...facts }], { now, today, usual })[0]?.reasons ?? [];

test('omits records without a reason and archived records', () => {
  expect(reasonsOf({})).toEqual([]);
  expect(reasonsOf({ stage: 'archive', owner: null, changed: 3 })).toEqual([]);
});

test('a release is at risk from two days before it, at every stage up to delivery, and when it is overdue', () => {
  expect(reasonsOf({ stage: 'data', releaseOn: inDays(9) })).toEqual([]);
  expect(reasonsOf({ stage: 'data', releaseOn: inDays(8) })).toEqual([{ kind: 'releaseAtRisk', params: { days: 8 } }]);
  expect(reasonsOf({ stage: 'signing', releaseOn: inDays(3) })).toEqual([]);
  expect(reasonsOf({ stage: 'signing', releaseOn: inDays(-2) })[0]!.params).toEqual({ days: -2 });
  expect(reasonsOf({ stage: 'delivery', releaseOn: inDays(-2) })).toEqual([]);
});

test('the most severe exception blocks a record, the oldest of equal ones', () => {
  const exceptions = [
    { severity: 'minor' as const, since: ago(30), cause: 'old and small' },
    { severity: 'critical' as const, since: ago(1), cause: 'new' },
    { severity: 'critical' as const, since: ago(4), cause: 'worst' },
  ];
  expect(reasonsOf({ exceptions })).toEqual([
    { kind: 'blocked', params: { days: 4, cause: 'worst', severity: 'critical' } },
  ]);
});

test('the usual stay of a stage needs five stays', () => {
  const stays = [1, 2, 3, 4].map((days): Stay => ({ stage: 'data', days }));
  expect(typicalStays(stays)).toEqual({});
  expect(typicalStays([...stays, { stage: 'data', days: 100 }])).toEqual({ data: 100 });
  expect(typicalStays(Array.from({ length: 100 }, (_, index) => ({ stage: 'data', days: index + 1 })))).toEqual({
    data: 85,
  });
});

test('a stay counts as longer than usual from one day over', () => {
  expect(reasonsOf({ stageSince: ago(3.5) }, { data: 3.04 })).toEqual([
    { kind: 'slow', params: { days: 3, usual: 3, stage: 'data' } },
  ]);
  expect(reasonsOf({ stageSince: ago(0.9) }, { data: 0.1 })).toEqual([]);
  expect(reasonsOf({ stageSince: ago(3.5) }, { review: 1 })).toEqual([]);
});

test('holds at most three hundred records', () => {
  const many = Array.from({ length: 400 }, (_, index) => ({ ...calm, id: `r${index}`, changed: index }));
  const items = agenda(many, { now, today, usual: {} });
  expect(items).toHaveLength(agendaLimit);
  expect(items[0]!.reasons).toEqual([{ kind: 'changed', params: { count: 399 } }]);
});

/** The same result computed independently: reason by reason, over a list of keys compared one by one. */
function byHand(records: readonly AgendaFacts[], usual: Partial<Record<StageKey, number>>) {
  const left: Partial<Record<StageKey, number>> = { intake: 5, data: 4, review: 3, output: 2, signing: 1 };
  const weight = { critical: 2, major: 1, minor: 0 };
  const listed: { id: string; reasons: AgendaReason['kind'][]; key: number[] }[] = [];
  for (const record of records) {
    if (record.stage === 'archive') continue;
    const keys: [AgendaReason['kind'], number[]][] = [];
    if (record.notReachedAt !== null) keys.push(['notReached', [0, record.notReachedAt]]);
    const margin = left[record.stage];
    if (record.releaseOn && margin && record.releaseOn <= inDays(margin * 2))
      keys.push(['releaseAtRisk', [1, Date.parse(record.releaseOn)]]);
    const grades = record.exceptions.map(({ severity }) => weight[severity]);
    if (grades.length > 0) {
      const worst = Math.max(...grades);
      const since = record.exceptions.filter(({ severity }) => weight[severity] === worst).map((one) => +one.since);
      keys.push(['blocked', [2, -worst, Math.min(...since)]]);
    }
    const age = (+now - +record.stageSince) / 86_400_000;
    const norm = usual[record.stage];
    if (norm !== undefined && age > norm && age >= 1) keys.push(['slow', [3, norm - age]]);
    const ends = record.waivers.map(({ endsOn }) => endsOn).filter((day) => day >= inDays(0) && day <= inDays(7));
    if (ends.length > 0) keys.push(['waiverEnding', [4, Math.min(...ends.map((day) => Date.parse(day)))]]);
    if (record.owner === null) keys.push(['unowned', [5, +record.stageSince]]);
    if (record.changed > 0) keys.push(['changed', [6, -record.changed]]);
    if (keys.length === 0) continue;
    const [, first] = keys[0]!;
    const padded = [...first, 0, 0].slice(0, 3);
    listed.push({ id: record.id, reasons: keys.map(([kind]) => kind), key: [...padded, -keys.length] });
  }
  listed.sort((a, b) => {
    const at = a.key.findIndex((part, index) => part !== b.key[index]);
    return at < 0 ? a.id.localeCompare(b.id) : a.key[at]! - b.key[at]!;
  });
  return listed.map(({ id, reasons }) => ({ id, reasons }));
}

/** A pseudo-random sequence that is the same in each run. */
function drawing(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, of: <T>(list: readonly T[]): T => list[below(list.length)]! };
}

test.each(Array.from({ length: 20 }, (_, seed) => seed + 1))(
  'matches the independent computation over 250 records (seed %i)',
  (seed) => {
    const { below, of } = drawing(seed);
    const stages = ['intake', 'data', 'review', 'output', 'signing', 'delivery', 'archive'] as const;
    const severities: ExceptionSeverity[] = ['minor', 'major', 'critical'];
    const records = Array.from({ length: 250 }, (_, index): AgendaFacts => ({
      id: `record-${String((index * 7919) % 250).padStart(3, '0')}`,
      stage: of(stages),
      stageSince: ago(below(400) / 10),
      releaseOn: of([null, inDays(below(30) - 10)]),
      owner: of([null, 'somebody', 'another']),
      exceptions: Array.from({ length: of([0, 0, 1, 3]) }, () => ({
        severity: of(severities),
        since: ago(below(20)),
        cause: 'waiting',
      })),
      waivers: Array.from({ length: of([0, 0, 2]) }, () => ({ rule: 'R50', endsOn: inDays(below(20) - 5) })),
      changed: of([0, 0, below(4)]),
      notReachedAt: of([null, null, null, index]),
    }));
    const stays = Array.from({ length: 40 }, (): Stay => ({ stage: of(stages), days: below(300) / 10 }));
    const usual = typicalStays(stays);
    for (const [stage, days] of Object.entries(usual)) {
      const those = stays.filter((stay) => stay.stage === stage);
      const within = (limit: number) => those.filter((stay) => stay.days <= limit).length / those.length;
      expect(within(days)).toBeGreaterThanOrEqual(0.85);
      expect(those.filter((stay) => stay.days < days).length / those.length).toBeLessThan(0.85);
    }
    const items = agenda(records, { now, today, usual }).map(({ id, reasons }) => ({
      id,
      reasons: reasons.map(({ kind }) => kind),
    }));
    expect(items.length).toBeGreaterThan(100);
    expect(items).toEqual(byHand(records, usual));
  },
);
