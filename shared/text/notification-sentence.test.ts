import { expect, test } from 'vitest';
import { notificationSentence } from './notification-sentence.ts';

const waiver = { by: 'Ada', rule: 'R50', endsOn: '2026-12-24' };

test('states who requests what, and the due day', () => {
  expect(notificationSentence({ kind: 'waiver.proposed', params: { ...waiver, more: 0 } })).toBe(
    'Ada asks you to decide a waiver of R50 until 24 Dec 2026.',
  );
  expect(notificationSentence({ kind: 'waiver.proposed', params: { ...waiver, more: 2 } })).toContain('2 more records');
  expect(notificationSentence({ kind: 'waiver.decided', params: { ...waiver, outcome: 'refused' } })).toBe(
    'Ada refused your waiver of R50.',
  );
});

test('states how many days are left', () => {
  const ending = (days: number) => notificationSentence({ kind: 'waiver.ending', params: { ...waiver, days } });
  expect([0, 1, 7].map(ending).map((said) => /ends (.*?)[,.]/.exec(said)![1])).toEqual([
    'today',
    'in 1 day',
    'in 7 days',
  ]);
});
