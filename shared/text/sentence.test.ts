import { expect, test } from 'vitest';
import { sentence } from './sentence.ts';
import { readableDay } from './readable-day.ts';

test.each([
  [
    { key: 'approval.inForce', params: { number: 'e1*2018/858*00001*01', why: 'withdrawn', since: '2026-11-20' } },
    'since 20 Nov 2026',
  ],
  [{ key: 'waiver.later', params: { endsOn: '2026-12-01' } }, 'until 1 Dec 2026'],
  [{ key: 'dates.order', params: { signed: '2026-11-01', made: '2026-11-28' } }, 'signed on 1 Nov 2026'],
])('a sentence formats days as the screens do', ({ key, params }, words) => {
  expect(sentence({ key, params: params as never })).toContain(words);
});

test('quotes values of a record as they are, and formats only valid days', () => {
  const format = {
    key: 'entry.format',
    params: { number: '13', name: 'Mass', value: '2026-11-28', expected: 'a number' },
  };
  expect(sentence(format as never)).toContain('2026-11-28');
  expect(readableDay('2026-13-40')).toBe('2026-13-40');
});

test('an action is named by its key, with its owner', () => {
  const said = (act: string, duties: string) => sentence({ key: 'act.duty', params: { act, duties } });
  expect(said('editData', 'lead dataOwner.own')).toBe('Only the lead or this record’s data owner can edit the data.');
  expect(said('discuss', 'lead dataOwner reviewer')).toBe(
    'Only the lead, a data owner or a reviewer can comment or tick.',
  );
});

test('text stored in English before texts had keys stays readable', () => {
  const stored = { act: 'edit the data', duties: 'the duty lead or the data owner of this record' };
  expect(sentence({ key: 'act.duty', params: stored })).toBe(
    'Only the duty lead or the data owner of this record can edit the data.',
  );
  expect(sentence({ key: 'act.assignee', params: { duty: 'output preparer' } })).toContain('not an output preparer');
});

test('keys or parameters of another version cause no error', () => {
  expect(sentence({ key: 'gone.since', params: {} })).toMatch(/^A rule is not met/);
  expect(sentence({ key: 'toString', params: {} })).toMatch(/^A rule is not met/);
  expect(sentence({ key: 'power.pev', params: { what: 'gone' } })).toMatch(/^A rule is not met/);
});

test('an entry is named by its key; an older finding contains the name itself', () => {
  const missing = (params: Record<string, string>) => sentence({ key: 'entry.present', params });
  expect(missing({ number: '13.2', entry: 'actualMass' })).toMatch(/^13\.2 Actual mass.* is missing/);
  expect(missing({ number: '13.2', name: 'Actual mass of the vehicle' })).toMatch(/^13\.2 Actual mass/);
});

test('bounds and formats are stored as numbers; older ones are words already', () => {
  const range = { value: '9', number: '1', entry: 'numberOfAxles', approval: 'e1*2018/858*00001*01' };
  expect(sentence({ key: 'approval.range', params: { ...range, least: 2 } })).toContain('allows at least 2.');
  expect(sentence({ key: 'approval.range', params: { ...range, most: 5 } })).toContain('allows at most 5.');
  expect(sentence({ key: 'approval.range', params: { ...range, least: 2, most: 5 } })).toContain('allows 2 to 5.');
  const stored = { title: '1 Number of axles', value: '9', number: 'e1*2018/858*00001*01', allowed: 'at most 5' };
  expect(sentence({ key: 'approval.range', params: stored })).toBe(
    '1 Number of axles is "9"; e1*2018/858*00001*01 allows at most 5. Compare it with the approval.',
  );
  const format = { number: '1', entry: 'numberOfAxles', value: 'x', expected: 'integer', min: 1, max: 9 };
  expect(sentence({ key: 'entry.format', params: format })).toContain('It has to be a whole number from 1 to 9.');
});

test('the reason why a file is unusable is stored as a code; an older one is a sentence already', () => {
  const said = (params: Record<string, string | number>) => sentence({ key: 'import.unreadable', params });
  expect(said({ why: 'csv.sameColumn', column: 'VIN' })).toContain('two of its columns are called "VIN"');
  expect(said({ why: 'it is empty. Check what was exported.' })).toBe(
    'Nothing of this file can be used: it is empty. Check what was exported.',
  );
});
