import { expect, test } from 'vitest';
import { EventKind, type TrailEvent } from '#shared/contract/event.ts';
import { eventWords, type Names } from './event-words.ts';

const names: Names = {
  person: (id) => ({ p1: 'Ana Kovac' })[id] ?? 'a former member',
  stage: (key) => key.toUpperCase(),
  entry: (path) => path.split('/').at(-1)!,
};
const event = (kind: TrailEvent['kind'], body: TrailEvent['body']): TrailEvent => ({
  seq: 1,
  at: '2026-11-24T09:30:00.000Z',
  kind,
  actor: null,
  record: null,
  body,
});

test('a move says from where to where, and why it went back', () => {
  const body = { before: { stage: 'review' }, after: { stage: 'data' }, reason: 'Wrong axle' };
  expect(eventWords(event('record.moved', body), names)).toEqual({
    sentence: 'moved it from REVIEW to DATA',
    details: [{ text: 'Wrong axle' }],
  });
});

test('an edit shows every value before and after, and a table by its rows', () => {
  const edits = [
    { path: 'CocDataGroup/Make', from: null, to: 'Norda' },
    { path: 'CocDataGroup/AxleTable/AxleGroup', from: [{}], to: [{}, {}] },
  ];
  expect(eventWords(event('record.edited', { revision: 4, edits }), names)).toEqual({
    sentence: 'changed 2 entries, revision 4',
    details: [
      { label: 'Make', before: null, after: 'Norda' },
      { label: 'AxleGroup', before: '1 row', after: '2 rows' },
    ],
  });
});

test('a duty given and a duty taken away read differently', () => {
  const given = event('record.assigned', { duty: 'reviewer', before: null, after: 'p1' });
  const taken = event('record.assigned', { duty: 'reviewer', before: 'gone', after: null });
  expect(eventWords(given, names).sentence).toBe('made Ana Kovac reviewer');
  expect(eventWords(taken, names).sentence).toBe('took the duty reviewer from a former member');
});

test('a kind of a newer server is named, not swallowed', () => {
  const unknown = event('record.sealed' as TrailEvent['kind'], {});
  expect(eventWords(unknown, names).sentence).toContain('record.sealed');
  expect(EventKind.options).not.toContain('record.sealed');
});
