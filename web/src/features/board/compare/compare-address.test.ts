import { expect, test } from 'vitest';
import { pastIn, searchWithCompare, sinceIn } from './compare-address.ts';

const search = (text: string) => new URLSearchParams(text);

test('parses a standup, a visit, a number or a time, and omits anything invalid', () => {
  for (const requested of ['standup', 'visit', '17', '2026-11-24T09:15:00.000Z'])
    expect(sinceIn(search(`since=${requested}`))).toBe(requested);
  for (const wrong of ['', 'yesterday', '-1', '2026-99-99T00:00', '1e9']) {
    expect(sinceIn(search(`since=${wrong}`))).toBeNull();
    expect(pastIn(search(`asof=${wrong}`))).toBeNull();
  }
  expect(pastIn(search('asof=0'))).toEqual({ seq: 0 });
  expect(pastIn(search('asof=2026-11-24T10:15:00%2B01:00'))).toEqual({ at: '2026-11-24T09:15:00.000Z' });
});

test('a comparison and a past board exclude each other, and the filter stays', () => {
  expect(searchWithCompare(search('mine=true&since=visit'), { asof: 12 })).toBe('?mine=true&asof=12');
  expect(searchWithCompare(search('asof=12'), { since: 'standup' })).toBe('?since=standup');
  expect(searchWithCompare(search('since=visit'), {})).toBe('');
});
