import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { attendanceOver, type Attendance } from './attendance.ts';
import type { Line } from './line.ts';

interface TestLine {
  line: Line;
  cut: boolean;
  take(from: string, message: unknown): void;
}

/** Lines of processes in one place, each of which can be cut. */
function lines() {
  const all: TestLine[] = [];
  return (own: string): TestLine => {
    const hearers: ((message: never, from: string) => void)[] = [];
    const here: TestLine = {
      cut: false,
      take: (from: string, message: unknown) => hearers.forEach((hear) => hear(message as never, from)),
      line: {
        own,
        send(_, message) {
          if (here.cut) return;
          for (const other of all) if (other !== here && !other.cut) other.take(own, structuredClone(message));
        },
        hear: (_, hear) => void hearers.push(hear),
        away: () => here.cut,
        alone: () => false,
        onBack: () => undefined,
        close: async () => undefined,
      },
    };
    all.push(here);
    return here;
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const there = (attendance: Attendance) => attendance.elsewhere('room').map(({ key, entry }) => [key, entry]);

test('a process that comes later knows who is there, and hears who comes and goes', () => {
  const process = lines();
  const first = attendanceOver(process('a').line);
  first.say('room', 'ada', 1);
  const second = attendanceOver(process('b').line);
  expect(there(second)).toEqual([['ada', 1]]);
  const heard: unknown[] = [];
  first.onChange((...change) => heard.push(change));
  second.say('room', 'bo', { at: 1 });
  second.say('room', 'bo', null);
  expect(heard).toEqual([
    ['room', 'bo', { at: 1 }],
    ['room', 'bo', null],
  ]);
  expect(there(first)).toEqual([]);
});

test('what was missed is there after the next beat', () => {
  const process = lines();
  const [a, b] = [process('a'), process('b')];
  const [first, second] = [attendanceOver(a.line), attendanceOver(b.line)];
  first.say('room', 'ada', 1);
  b.cut = true;
  first.say('room', 'ada', null);
  first.say('room', 'cy', 2);
  b.cut = false;
  expect(there(second)).toEqual([['ada', 1]]);
  vi.advanceTimersByTime(2_000);
  expect(there(second)).toEqual([['cy', 2]]);
});

test('a process that is silent is gone with everybody on it, one whose line is down is not', () => {
  const process = lines();
  const [a, b] = [process('a'), process('b')];
  const [first, second] = [attendanceOver(a.line), attendanceOver(b.line)];
  first.say('room', 'ada', 1);
  second.say('room', 'bo', 1);
  const heard: unknown[] = [];
  let gone = 0;
  second.onChange((...change) => heard.push(change));
  second.onGone(() => (gone += 1));
  // What b does not hear says nothing about a; a hears others, and not b.
  b.cut = true;
  vi.advanceTimersByTime(20_000);
  expect([there(second), there(first)]).toEqual([[['ada', 1]], []]);
  b.cut = false;
  a.cut = true;
  vi.advanceTimersByTime(20_000);
  expect([there(second), heard, gone]).toEqual([[], [['room', 'ada', null]], 1]);
});

test('a process that ends says so', () => {
  const process = lines();
  const [first, second] = [attendanceOver(process('a').line), attendanceOver(process('b').line)];
  first.say('room', 'ada', 1);
  first.close();
  expect(there(second)).toEqual([]);
});
