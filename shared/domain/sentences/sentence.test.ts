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
