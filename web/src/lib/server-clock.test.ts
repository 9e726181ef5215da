import { afterEach, expect, test, vi } from 'vitest';
import { learnServerTime, serverNow, whenClockSet } from './server-clock.ts';

const date = (iso: string) => new Date(iso).toUTCString();
const answered = (iso: string) => learnServerTime(date(iso), Date.now() - 40, Date.now());

afterEach(() => {
  answered(new Date().toISOString());
  vi.useRealTimers();
});

test('keeps a clock that agrees with the server', () => {
  vi.useFakeTimers({ now: new Date('2026-03-10T12:00:00.600Z') });
  answered('2026-03-10T12:00:00Z');
  expect(serverNow().toISOString()).toBe('2026-03-10T12:00:00.600Z');
});

test.each(['2026-03-10T12:07:00Z', '2026-03-10T11:20:00Z'])(
  'the server corrects a clock at %s, never ahead of the server',
  (own) => {
    vi.useFakeTimers({ now: new Date(own) });
    answered('2026-03-10T12:00:05Z');
    expect(serverNow().toISOString()).toBe('2026-03-10T12:00:05.000Z');
    vi.advanceTimersByTime(1_500);
    expect(serverNow().toISOString()).toBe('2026-03-10T12:00:06.500Z');
  },
);

test('an answer without a date changes nothing', () => {
  const before = serverNow().getTime() - Date.now();
  learnServerTime(null, 0, 0);
  expect(Math.abs(serverNow().getTime() - Date.now() - before)).toBeLessThan(50);
});

test('subscribers for relative times are notified once when the clock is set (fault no. 38)', () => {
  vi.useFakeTimers({ now: new Date('2026-03-11T14:00:00Z') });
  const heard: string[] = [];
  const stop = whenClockSet(() => heard.push(serverNow().toISOString()));
  answered('2026-03-10T12:00:05Z');
  answered('2026-03-10T12:00:05Z');
  expect(heard).toEqual(['2026-03-10T12:00:05.000Z']);
  stop();
  answered('2026-03-10T15:00:05Z');
  expect(heard).toHaveLength(1);
});
