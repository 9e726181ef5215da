import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBody, EventFact, EventKind } from '#shared/contract/event.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { storedFacts } from '#test/support/stored-events.ts';
import { changedRecords, changeTotals, mainChange, noChanges, withChanges, type ChangeFact } from './changes-since.ts';
import { stageKeys } from './operating-model.ts';

const people = ['Ingrid', 'Mateo'].map((name, index) => ({ id: `00000000-0000-4000-8000-00000000000${index}`, name }));

type Partly<T> = T extends readonly unknown[] ? T : T extends object ? { [P in keyof T]?: Partly<T[P]> } : T;
/** The part of a fact that the fold reads. */
const factOf = (kind: EventKind, body: Partly<EventBody>) => ({ kind, body }) as EventFact;

const stage = fc.constantFrom(...stageKeys);
const body = fc.oneof(
  fc.record({ kind: fc.constant('record.created' as const), body: fc.constant({ after: { stage: 'intake' } }) }),
  fc.record({
    kind: fc.constant('record.moved' as const),
    body: fc.record({ before: fc.record({ stage }), after: fc.record({ stage }) }),
  }),
  fc.record({
    kind: fc.constantFrom('exception.raised' as const, 'exception.closed' as const),
    body: fc.constant({ cause: 'CoC data missing' }),
  }),
  fc.record({
    kind: fc.constant('record.judged' as const),
    body: fc.record({ cause: fc.constant('a rule'), shut: fc.array(stage), opened: fc.array(stage) }),
  }),
  fc.record({
    kind: fc.constant('record.handedOver' as const),
    body: fc.record({
      before: fc.record({ owner: fc.constantFrom(null, people[0]!.id) }),
      after: fc.record({ owner: fc.constantFrom(null, people[1]!.id), what: fc.constant(null) }),
    }),
  }),
  fc.record({ kind: fc.constantFrom('duties.changed' as const), body: fc.constant({}) }),
);
const trail = fc
  .array(
    fc.tuple(
      body,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...people),
      fc.option(fc.integer({ min: 0, max: 2 })),
    ),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(([{ kind, body }, record, actor, open], index) => ({
      ...factOf(kind, body),
      seq: index + 1,
      at: '2026-11-24T09:15:00.000Z',
      actor,
      record: { id: `record ${record}`, reference: `PT-${record}` },
      card: open === null ? null : { blocked: { count: open, reason: null } },
    })),
  );

test('folding a trail in two halves equals folding it as a whole, and a repeated event changes nothing', () => {
  fc.assert(
    fc.property(trail, fc.nat(60), (events, cut) => {
      const whole = withChanges(noChanges(0), events);
      const halves = withChanges(withChanges(noChanges(0), events.slice(0, cut)), events.slice(cut));
      expect(changedRecords(halves)).toEqual(changedRecords(whole));
      expect(changeTotals(halves)).toEqual(changeTotals(whole));
      expect(withChanges(whole, events)).toEqual(whole);
    }),
  );
});

test('totals never count more records than changed, and each record is on one side only', () => {
  fc.assert(
    fc.property(trail, (events) => {
      const changes = withChanges(noChanges(0), events);
      const { records, ...totals } = changeTotals(changes);
      for (const total of Object.values(totals)) expect(total).toBeLessThanOrEqual(records);
      expect(totals.movedOn + totals.movedBack).toBeLessThanOrEqual(records);
      expect(totals.blocked + totals.freed).toBeLessThanOrEqual(records);
      for (const record of changedRecords(changes)) expect(record.changes).toContain(mainChange(record));
    }),
  );
});

const event = <K extends EventKind>(seq: number, kind: K, said: Partly<EventBody<K>>, open = 0): ChangeFact => ({
  ...factOf(kind, said),
  seq,
  at: '2026-11-24T09:15:00.000Z',
  actor: people[0]!,
  record: { id: 'a', reference: 'PT-1' },
  card: { blocked: { count: open, reason: null } },
});
const moved = (from: StageKey, to: StageKey) => ({ before: { stage: from }, after: { stage: to } });

test.each(storedFacts)('folds a stored $kind of an earlier version', (fact) => {
  const record = { id: 'a', reference: 'PT-1' };
  const stored = { ...fact, seq: 1, at: '2026-11-24T09:15:00.000Z', actor: null, record, card: null };
  const { seq, records } = withChanges(noChanges(0), [stored]);
  expect(seq).toBe(1);
  expect(JSON.stringify([...records.values()])).not.toMatch(/undefined|NaN/);
});

test('a record that moved there and back has no net move and still lists both moves', () => {
  const changes = withChanges(noChanges(0), [
    event(1, 'record.moved', moved('data', 'review')),
    event(2, 'record.moved', moved('review', 'data')),
  ]);
  expect(changeTotals(changes)).toMatchObject({ records: 1, movedOn: 0, movedBack: 0 });
  expect(changedRecords(changes)[0]!.changes.map(({ kind }) => kind)).toEqual(['movedOn', 'movedBack']);
});

test('the first of two exceptions blocks a record and closing the last one unblocks it', () => {
  const raise = [event(1, 'exception.raised', { cause: 'x' }, 1), event(2, 'exception.raised', { cause: 'y' }, 2)];
  const blocked = withChanges(noChanges(0), raise);
  expect(changeTotals(blocked)).toMatchObject({ blocked: 1, freed: 0 });
  const closed = [event(3, 'exception.closed', { cause: 'x' }, 1), event(4, 'exception.closed', { cause: 'y' }, 0)];
  expect(changeTotals(withChanges(blocked, closed))).toMatchObject({ blocked: 0, freed: 0 });
  const freed = withChanges(noChanges(2), closed);
  expect(changeTotals(freed)).toMatchObject({ blocked: 0, freed: 1 });
  expect(changedRecords(freed)[0]!.changes.map(({ kind }) => kind)).toEqual(['exceptionClosed', 'freed']);
});

test('a reordered card and events without a record are not changes', () => {
  const still = [
    event(1, 'record.moved', moved('data', 'data')),
    { ...event(2, 'duties.changed', {}), record: null },
    event(3, 'record.judged', { cause: 'the date', shut: [], opened: [] }),
  ];
  expect(withChanges(noChanges(0), still)).toEqual({ seq: 3, records: new Map() });
});
