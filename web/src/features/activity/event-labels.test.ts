import { expect, test } from 'vitest';
import { eventKinds, type EventBody, type EventFact, type EventKind } from '#shared/contract/event.ts';
import type { StandupOutcome } from '#shared/contract/standup.ts';
import { storedFacts } from '#test/support/stored-events.ts';
import { eventLabel, type Names } from './event-labels.ts';

const names: Names = {
  person: (id) => ({ p1: 'Ana Kovac' })[id] ?? 'a former member',
  stage: (key) => key.toUpperCase(),
  entry: (path) => path.split('/').at(-1)!,
};
type Partly<T> = T extends readonly unknown[] ? T : T extends object ? { [P in keyof T]?: Partly<T[P]> } : T;
/** The part of an event that its label needs. */
const event = <K extends EventKind>(kind: K, body: Partly<EventBody<K>>) => ({ kind, body }) as EventFact<K>;

test('a move shows source and target, and why it went back', () => {
  const moved = event('record.moved', {
    before: { stage: 'review' },
    after: { stage: 'data' },
    reason: 'Wrong axle',
    verdict: { findings: [] },
  });
  expect(eventLabel(moved, names)).toEqual({
    sentence: 'moved it from REVIEW to DATA',
    details: [{ text: 'Wrong axle' }],
  });
});

test('an undone move is labelled once, including older ones that stored it as their reason', () => {
  const stages = { before: { stage: 'review' as const }, after: { stage: 'data' as const }, verdict: { findings: [] } };
  for (const reason of [{}, { reason: 'Taken back' }]) {
    const undone = event('record.moved', { ...stages, ...reason, takesBack: 'o1' });
    expect(eventLabel(undone, names).details).toEqual([{ text: 'Undone' }]);
  }
});

test('an edit shows every value before and after, and a table by its rows', () => {
  const edits = [
    { path: 'CocDataGroup/Make', from: null, to: 'Norda' },
    { path: 'CocDataGroup/AxleTable/AxleGroup', from: [{}], to: [{}, {}] },
  ];
  expect(eventLabel(event('record.edited', { revision: 4, edits }), names)).toEqual({
    sentence: 'changed 2 entries, revision 4',
    details: [
      { label: 'Make', before: null, after: 'Norda' },
      { label: 'AxleGroup', before: '1 row', after: '2 rows' },
    ],
  });
});

test('assigning and removing a duty have different labels', () => {
  const given = event('record.assigned', { duty: 'reviewer', before: null, after: 'p1' });
  const taken = event('record.assigned', { duty: 'reviewer', before: 'gone', after: null });
  expect(eventLabel(given, names).sentence).toBe('made Ana Kovac reviewer');
  expect(eventLabel(taken, names).sentence).toBe('removed a former member as reviewer');
});

test.each(storedFacts)('a stored $kind of an earlier version has a label', (fact) => {
  const { sentence, details } = eventLabel(fact, names);
  expect(sentence).not.toBe('');
  expect(JSON.stringify([sentence, details])).not.toMatch(/undefined|\[object|NaN/);
});

test('a kind of a newer server is named, not dropped', () => {
  const unknown = event('record.sealed' as EventKind, {});
  expect(eventLabel(unknown, names).sentence).toContain('record.sealed');
  expect(eventKinds).not.toContain('record.sealed');
});

type Threads = NonNullable<EventBody<'document.changed'>['threads']>;

test('the trail names the ticked item and what happened in the discussion (fault P9)', () => {
  const tallies = { before: { done: 1, count: 0, unresolved: 0 }, after: { done: 1, count: 1, unresolved: 1 } };
  const threads: Threads = [{ thread: 't', what: 'opened' }];
  const body = { ...tallies, ticked: ['build'], unticked: ['source'], threads };
  expect(eventLabel(event('document.changed', body), names).sentence).toBe(
    'ticked “Checked against the production order”, unticked “Data taken from the released source”, commented',
  );
  const label = (what: Threads[number]['what']) =>
    eventLabel(event('document.changed', { ...tallies, threads: [{ thread: 't', what }] }), names).sentence;
  expect((['answered', 'removed', 'resolved', 'reopened', 'edited'] as const).map(label)).toEqual([
    'answered a comment',
    'removed a comment',
    'resolved a discussion',
    'reopened a discussion',
    'edited a comment',
  ]);
});

test('events older than item details show their counts (fault P9)', () => {
  type Tallies = Partial<EventBody<'document.changed'>['before']>;
  const old = (before: Tallies, after: Tallies) =>
    eventLabel(event('document.changed', { before, after }), names).sentence;
  const none = { done: 0, count: 0, unresolved: 0 };
  expect(old(none, { ...none, done: 2 })).toBe('ticked 2 in the checklist');
  expect(old({ ...none, count: 1, unresolved: 1 }, { ...none, count: 1 })).toBe('resolved a discussion');
  expect(eventLabel(event('document.changed', {}), names).sentence).toMatch(/the discussion or the checklist/);
});

test('a standup’s outcome and the reason of a rejudging are named (fault P9)', () => {
  const decided = (outcome?: Partial<StandupOutcome>) =>
    eventLabel(event('standup.decided', { outcome }), names).sentence;
  expect(decided({ kind: 'nextAction', owner: 'p1', due: null })).toBe(
    'gave the next action to Ana Kovac in the standup',
  );
  expect(decided({ kind: 'releaseDate', owner: null, due: '2026-12-06' })).toContain('6 Dec 2026');
  expect(decided()).toBe('decided it in the standup');
  const judged = event('record.judged', { cause: 'approval e4*2018/858*00042*03', shut: ['review'], opened: [] });
  expect(eventLabel(judged, names).sentence).toBe('re-checked it because approval e4*2018/858*00042*03 changed');
});
