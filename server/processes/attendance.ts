import { isDeepStrictEqual } from 'node:util';
import type { Line } from './line.ts';

/** Who is where, on every process of the board. A room is a board, a standup, a document. */
export interface Attendance {
  /** Says who is in a room here, under a key of this process; null: no longer. */
  say(room: string, key: string, entry: unknown): void;
  /** Who is in a room on other processes. */
  elsewhere<Entry>(room: string): Here<Entry>[];
  /** Called with what others said; `entry` null: they left, or their process did. */
  onChange(take: (room: string, key: string, entry: unknown) => void): void;
  /** Called after a process is gone, with everybody on it. */
  onGone(then: () => void): void;
  close(): void;
}

interface Here<Entry> {
  process: string;
  key: string;
  entry: Entry;
}

type Said = [room: string, key: string, entry: unknown];

type Message =
  | { kind: 'said'; number: number; said: Said }
  | { kind: 'all'; number: number; all: Said[] }
  | { kind: 'alive'; number: number }
  | { kind: 'ask'; of: string | null; number: number }
  | { kind: 'left' };

interface Other {
  /** How much of what it said is known; -1: it was asked for everything. */
  number: number;
  rooms: Rooms;
  heardAt: number;
}

type Rooms = Map<string, Map<string, unknown>>;

const beat = 2_000;
/** A process that was not heard for so long, in milliseconds, is gone with everybody on it. */
const goneAfter = 7_000;

/**
 * Each process keeps what the others said and asks nobody: coming in never waits. What one says is numbered, so that who
 * missed something notices by the next beat and asks for all of it.
 */
export function attendanceOver(line: Line | null): Attendance {
  const own: Rooms = new Map();
  const others = new Map<string, Other>();
  const takers: ((room: string, key: string, entry: unknown) => void)[] = [];
  const goners: (() => void)[] = [];
  let number = 0;
  if (!line) return nobodyElse;
  const { send, hear } = line;
  const say = (message: Message) => send('attendance', message);
  const ask = (of: string | null) => say({ kind: 'ask', of, number });

  function change(other: Other, [room, key, entry]: Said): void {
    if (isDeepStrictEqual(other.rooms.get(room)?.get(key) ?? null, entry)) return;
    set(other.rooms, room, key, entry);
    for (const take of takers) take(room, key, entry);
  }

  function replace(other: Other, all: readonly Said[]): void {
    const there = new Set(all.map(([room, key]) => `${room} ${key}`));
    for (const [room, key] of saidIn(other.rooms)) if (!there.has(`${room} ${key}`)) change(other, [room, key, null]);
    for (const said of all) change(other, said);
  }

  function forget(process: string): void {
    const other = others.get(process);
    others.delete(process);
    if (!other) return;
    replace(other, []);
    for (const then of goners) then();
  }

  hear<Message>('attendance', (message, from) => {
    if (message.kind === 'left') return forget(from);
    const other = others.get(from) ?? { number: -1, rooms: new Map(), heardAt: 0 };
    others.set(from, other);
    other.heardAt = Date.now();
    if (message.kind === 'ask') {
      if (message.of === null || message.of === line.own) say({ kind: 'all', number, all: saidIn(own) });
      // Of one that has said nothing yet everything is known.
      if (message.number === 0) other.number = 0;
    }
    if (message.kind === 'all') {
      other.number = message.number;
      return replace(other, message.all);
    }
    if (message.kind === 'said' && message.number === other.number + 1) {
      other.number = message.number;
      return change(other, message.said);
    }
    if (message.kind !== 'said' && message.number !== other.number) ask(from);
  });

  const timer = setInterval(() => {
    say({ kind: 'alive', number });
    // Where the line is down nobody is heard, and that says nothing about them.
    if (line.away()) for (const other of others.values()) other.heardAt = Date.now();
    for (const [process, { heardAt }] of others) if (heardAt < Date.now() - goneAfter) forget(process);
  }, beat).unref();
  ask(null);
  line.onBack(() => ask(null));

  return {
    say(room, key, entry) {
      set(own, room, key, entry);
      say({ kind: 'said', number: ++number, said: [room, key, entry] });
    },
    elsewhere<Entry>(room: string) {
      return [...others].flatMap(([process, { rooms }]) =>
        [...(rooms.get(room) ?? [])].map(([key, entry]) => ({ process, key, entry: entry as Entry })),
      );
    },
    onChange: (take) => void takers.push(take),
    onGone: (then) => void goners.push(then),
    close() {
      clearInterval(timer);
      say({ kind: 'left' });
    },
  };
}

const nobodyElse: Attendance = {
  say: () => undefined,
  elsewhere: () => [],
  onChange: () => undefined,
  onGone: () => undefined,
  close: () => undefined,
};

function set(rooms: Rooms, room: string, key: string, entry: unknown): void {
  const there = rooms.get(room) ?? new Map<string, unknown>();
  if (entry === null) there.delete(key);
  else there.set(key, entry);
  if (there.size > 0) rooms.set(room, there);
  else rooms.delete(room);
}

const saidIn = (rooms: Rooms): Said[] =>
  [...rooms].flatMap(([room, there]) => [...there].map(([key, entry]): Said => [room, key, entry]));
