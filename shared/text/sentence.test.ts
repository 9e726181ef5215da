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
])('a sentence writes its days as the screens do', ({ key, params }, words) => {
  expect(sentence({ key, params: params as never })).toContain(words);
});

test('what a record holds is quoted as it is, and no day is made of a text that is none', () => {
  const format = {
    key: 'entry.format',
    params: { number: '13', name: 'Mass', value: '2026-11-28', expected: 'a number' },
  };
  expect(sentence(format as never)).toContain('2026-11-28');
  expect(readableDay('2026-13-40')).toBe('2026-13-40');
});

test('an act is said by its key, with whose it is', () => {
  const said = (act: string, duties: string) => sentence({ key: 'act.duty', params: { act, duties } });
  expect(said('editData', 'lead dataOwner.own')).toBe('Only the lead or this record’s data owner can edit the data.');
  expect(said('discuss', 'lead dataOwner reviewer')).toBe(
    'Only the lead, a data owner or a reviewer can comment or tick.',
  );
});

test('what was stored in English before texts had keys stays readable', () => {
  const stored = { act: 'edit the data', duties: 'the duty lead or the data owner of this record' };
  expect(sentence({ key: 'act.duty', params: stored })).toBe(
    'Only the duty lead or the data owner of this record can edit the data.',
  );
  expect(sentence({ key: 'act.assignee', params: { duty: 'output preparer' } })).toContain('not an output preparer');
});

test('a key or parameters of another version are no error', () => {
  expect(sentence({ key: 'gone.since', params: {} })).toMatch(/^A rule is not met/);
  expect(sentence({ key: 'toString', params: {} })).toMatch(/^A rule is not met/);
  expect(sentence({ key: 'power.pev', params: { what: 'gone' } })).toMatch(/^A rule is not met/);
});
