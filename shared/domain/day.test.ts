import { expect, test } from 'vitest';
import { dayAfter, dayOf, isTimeZone, startOfDay } from './day.ts';

test.for([
  ['2026-11-24T23:30:00Z', 'UTC', '2026-11-24'],
  ['2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25'],
  ['2026-11-25T07:51:00Z', 'America/Los_Angeles', '2026-11-24'],
  ['2026-11-24T10:30:00Z', 'Pacific/Kiritimati', '2026-11-25'],
  ['2028-02-29T22:59:59Z', 'Europe/Berlin', '2028-02-29'],
  ['2028-02-29T23:00:00Z', 'Europe/Berlin', '2028-03-01'],
])('%s in %s is on %s (faults D7, no. 17)', ([moment, zone, day]) => {
  expect(dayOf(new Date(moment!), zone!)).toBe(day);
});

test.for([
  ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  // Midnight does not exist on this day: clocks jump from 00:00 to 01:00.
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
])('%s in %s begins at %s', ([day, zone, moment]) => {
  expect(startOfDay(day!, zone!).toISOString()).toBe(moment);
  expect(dayOf(startOfDay(day!, zone!), zone!)).toBe(day);
  expect(dayOf(new Date(startOfDay(day!, zone!).getTime() - 1), zone!)).toBe(dayAfter(day!, -1));
});

test('accepts only time zones known to Intl', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Tokyo'].every(isTimeZone)).toBe(true);
  expect(['', 'Berlin', 'Europe/Nowhere', "'; drop table"].some(isTimeZone)).toBe(false);
});
