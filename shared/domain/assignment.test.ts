import { expect, test } from 'vitest';
import { absenceDenial, absentOn, assignmentDenials, ownerOnEntering, type Taken, type Taker } from './assignment.ts';

const today = '2026-11-25';
const record: Taken = { stage: 'review', editors: ['dario'], nextAction: { due: null } };
const reviewer: Taker = { id: 'runa', duties: ['reviewer'], absences: [] };
const rules = (of: Taken, person: Taker) => assignmentDenials(of, person, today).map(({ rule }) => rule);
const away = (from: string, until: string): Taker => ({ ...reviewer, absences: [{ from, until }] });
const dueOn = (due: string | null): Taken => ({ ...record, nextAction: { due } });

test('[O02] a holder of the duty that owns the stage may take the action, and so may the lead, but nobody else', () => {
  expect(rules(record, reviewer)).toEqual([]);
  expect(rules(record, { ...reviewer, duties: ['lead'] })).toEqual([]);
  expect(rules(record, { ...reviewer, duties: ['dataOwner', 'observer'] })).toEqual(['O02']);
});

test('[O05] an editor of the data does not take its review, even as lead; at other stages they may', () => {
  const editor = { ...reviewer, id: 'dario', duties: ['dataOwner', 'reviewer', 'lead'] } as Taker;
  expect(rules(record, editor)).toEqual(['O05']);
  expect(rules({ ...record, stage: 'data' }, editor)).toEqual([]);
});

test('[O06] an absent person may take an action due after their return, not one due before', () => {
  const person = away('2026-11-24', '2026-11-27');
  expect(rules(dueOn('2026-11-27'), person)).toEqual(['O06']);
  expect(rules(dueOn('2026-11-28'), person)).toEqual([]);
  expect(rules(dueOn(null), person)).toEqual(['O06']);
});

test('[O06] an absence includes its first and last day, and no day before or after', () => {
  expect(rules(record, away(today, '2026-11-30'))).toEqual(['O06']);
  expect(rules(record, away('2026-11-01', today))).toEqual(['O06']);
  expect(rules(record, away('2026-11-26', '2026-11-30'))).toEqual([]);
  expect(rules(record, away('2026-11-01', '2026-11-24'))).toEqual([]);
});

test('[O06] consecutive absences count as one, in any order', () => {
  const absences = [
    { from: '2026-11-28', until: '2026-12-02' },
    { from: '2026-11-24', until: '2026-11-27' },
  ];
  expect(absentOn(absences, today)).toEqual({ from: '2026-11-24', until: '2026-12-02' });
  expect(rules(dueOn('2026-12-02'), { ...reviewer, absences })).toEqual(['O06']);
  expect(rules(dueOn('2026-12-03'), { ...reviewer, absences })).toEqual([]);
});

test('reports all denials together', () => {
  const person: Taker = { id: 'dario', duties: ['observer'], absences: [{ from: today, until: today }] };
  expect(rules(record, person)).toEqual(['O02', 'O05', 'O06']);
});

test('entering a stage makes the holder of its duty the owner, and nobody where the whole scope has the duty', () => {
  const duties = { dataOwner: 'dario', reviewer: 'runa', outputPreparer: 'otto', signatory: null };
  expect(ownerOnEntering('review', duties)).toBe('runa');
  expect(ownerOnEntering('delivery', duties)).toBe('otto');
  expect(ownerOnEntering('signing', duties)).toBeNull();
  expect(ownerOnEntering('archive', duties)).toBeNull();
});

test('[M28] an absence ends on or after its first day, is not over, lasts at most 366 days and overlaps no other', () => {
  const why = (from: string, until: string, others: { from: string; until: string }[] = []) =>
    absenceDenial({ from, until }, others, today)?.params['why'] ?? null;
  expect(why('2026-11-27', '2026-11-26')).toBe('order');
  expect(why('2026-11-20', '2026-11-24')).toBe('over');
  expect(why('2026-11-20', '2026-11-25')).toBeNull();
  expect(why('2026-12-01', '2027-12-01')).toBeNull();
  expect(why('2026-12-01', '2027-12-02')).toBe('long');
  const others = [{ from: '2026-12-01', until: '2026-12-03' }];
  expect(why('2026-12-03', '2026-12-05', others)).toBe('overlaps');
  expect(why('2026-12-04', '2026-12-05', others)).toBeNull();
  expect(why('2026-11-26', '2026-11-30', others)).toBeNull();
});
