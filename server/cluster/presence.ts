import { isDeepStrictEqual } from 'node:util';
import type { MessageBus } from './message-bus.ts';

/** Who is connected to which room, on every process of the board. A room is a board, a standup or a document. */
export interface ClusterPresence {
  /** Sets an entry of this process in a room; null removes it. */
  set(room: string, key: string, entry: unknown): void;
  /** The entries of other processes in a room. */
  remote<Entry>(room: string): RemoteEntry<Entry>[];
  /** Registers a listener for changes on other processes; `entry` null: the entry or its process is gone. */
  onChange(take: (room: string, key: string, entry: unknown) => void): void;
  /** Registers a listener that is called after a process and all its entries have been removed. */
  onNodeLost(then: () => void): void;
  close(): void;
}

interface RemoteEntry<Entry> {
  process: string;
  key: string;
  entry: Entry;
}

type PresenceEntry = [room: string, key: string, entry: unknown];

type Message =
  | { kind: 'said'; number: number; said: PresenceEntry }
  | { kind: 'all'; number: number; all: PresenceEntry[] }
  | { kind: 'alive'; number: number }
  | { kind: 'ask'; of: string | null; number: number }
  | { kind: 'left' };

interface RemoteNode {
  /** The number of the last message received from it; -1: it was asked for all its entries. */
  number: number;
  rooms: Rooms;
  heardAt: number;
}

type Rooms = Map<string, Map<string, unknown>>;

const heartbeatMs = 2_000;
/** A process is removed with all its entries if it sends nothing for this many milliseconds. */
const nodeTimeoutMs = 7_000;

/**
 * Each process stores the entries of the others, so joining a room never waits for a query. Messages are numbered. A
 * process that missed one notices at the next heartbeat and asks for all entries.
 */
export function openClusterPresence(bus: MessageBus | null): ClusterPresence {
  const own: Rooms = new Map();
  const others = new Map<string, RemoteNode>();
  const changeListeners: ((room: string, key: string, entry: unknown) => void)[] = [];
  const nodeLostListeners: (() => void)[] = [];
  let number = 0;
  if (!bus) return noPresence;
  const { send, subscribe: hear } = bus;
  const broadcast = (message: Message) => send('attendance', message);
  const ask = (of: string | null) => broadcast({ kind: 'ask', of, number });

  function change(other: RemoteNode, [room, key, entry]: PresenceEntry): void {
    if (isDeepStrictEqual(other.rooms.get(room)?.get(key) ?? null, entry)) return;
    setEntry(other.rooms, room, key, entry);
    for (const take of changeListeners) take(room, key, entry);
  }

  function replace(other: RemoteNode, all: readonly PresenceEntry[]): void {
    const there = new Set(all.map(([room, key]) => `${room} ${key}`));
    for (const [room, key] of entriesIn(other.rooms))
      if (!there.has(`${room} ${key}`)) change(other, [room, key, null]);
    for (const entry of all) change(other, entry);
  }

  function forget(process: string): void {
    const other = others.get(process);
    others.delete(process);
    if (!other) return;
    replace(other, []);
    for (const then of nodeLostListeners) then();
  }

  hear<Message>('attendance', (message, from) => {
    if (message.kind === 'left') return forget(from);
    const other = others.get(from) ?? { number: -1, rooms: new Map(), heardAt: 0 };
    others.set(from, other);
    other.heardAt = Date.now();
    if (message.kind === 'ask') {
      if (message.of === null || message.of === bus.instanceId) broadcast({ kind: 'all', number, all: entriesIn(own) });
      // A process that has sent no entries yet has nothing to catch up on.
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
    broadcast({ kind: 'alive', number });
    // While the bus is disconnected no heartbeats arrive, so no process may time out.
    if (bus.isDisconnected()) for (const other of others.values()) other.heardAt = Date.now();
    for (const [process, { heardAt }] of others) if (heardAt < Date.now() - nodeTimeoutMs) forget(process);
  }, heartbeatMs).unref();
  ask(null);
  bus.onReconnect(() => ask(null));

  return {
    set(room, key, entry) {
      setEntry(own, room, key, entry);
      broadcast({ kind: 'said', number: ++number, said: [room, key, entry] });
    },
    remote<Entry>(room: string) {
      return [...others].flatMap(([process, { rooms }]) =>
        [...(rooms.get(room) ?? [])].map(([key, entry]) => ({ process, key, entry: entry as Entry })),
      );
    },
    onChange: (take) => void changeListeners.push(take),
    onNodeLost: (then) => void nodeLostListeners.push(then),
    close() {
      clearInterval(timer);
      broadcast({ kind: 'left' });
    },
  };
}

const noPresence: ClusterPresence = {
  set: () => undefined,
  remote: () => [],
  onChange: () => undefined,
  onNodeLost: () => undefined,
  close: () => undefined,
};

function setEntry(rooms: Rooms, room: string, key: string, entry: unknown): void {
  const there = rooms.get(room) ?? new Map<string, unknown>();
  if (entry === null) there.delete(key);
  else there.set(key, entry);
  if (there.size > 0) rooms.set(room, there);
  else rooms.delete(room);
}

const entriesIn = (rooms: Rooms): PresenceEntry[] =>
  [...rooms].flatMap(([room, there]) => [...there].map(([key, entry]): PresenceEntry => [room, key, entry]));
