import { presencesAtOnce, type Presence } from '#shared/contract/presence.ts';
import type { ClusterPresence } from '#server/cluster/presence.ts';
import { coalesced } from './coalesce.ts';
import type { Io } from './feed.ts';

/** In milliseconds. Each page receives at most one message per tick, however many people join, leave or lift cards. */
const tick = 100;

/** `presence` null: the page was closed. `here`: the page is connected to this process. */
interface Change {
  presence: Presence | null;
  here: boolean;
}

/** Tracks who has which board open, here and on other processes, and broadcasts changes to everybody on that board. */
export function boardPresence(io: Io, clusterPresence: ClusterPresence) {
  const boards = new Map<string, Map<string, Presence>>();
  const pending = new Map<string, Map<string, Change>>();
  const elsewhere = (scope: string) => clusterPresence.remote<Presence>(room(scope)).map(({ entry }) => entry);
  const on = (scope: string) => boards.get(scope) ?? new Map<string, Presence>();

  const tell = coalesced(tick, (scope) => {
    const changes = pending.get(scope);
    if (!changes) return false;
    const now = [...changes].slice(0, presencesAtOnce);
    for (const [connection, { presence, here }] of now) {
      changes.delete(connection);
      if (here) clusterPresence.set(room(scope), connection, presence);
    }
    if (changes.size === 0) pending.delete(scope);
    io.to(scope).emit('presence', scope, {
      present: now.flatMap(([, { presence }]) => presence ?? []),
      absent: now.flatMap(([connection, { presence }]) => (presence ? [] : connection)),
      pages: on(scope).size + elsewhere(scope).length,
    });
    return changes.size > 0;
  });

  function note(scope: string, connection: string, change: Change): void {
    const changes = pending.get(scope) ?? new Map<string, Change>();
    pending.set(scope, changes.set(connection, change));
    tell(scope);
  }

  clusterPresence.onChange((name, connection, entry) => {
    if (name.startsWith(room('')))
      note(name.slice(room('').length), connection, { presence: entry as Presence | null, here: false });
  });

  return {
    say(scope: string, presence: Presence): void {
      boards.set(scope, on(scope).set(presence.connection, presence));
      note(scope, presence.connection, { presence, here: true });
    },
    leave(scope: string, connection: string): void {
      const board = boards.get(scope);
      if (!board?.delete(connection)) return;
      if (board.size === 0) boards.delete(scope);
      note(scope, connection, { presence: null, here: true });
    },
    /**
     * The others who have a board open, limited to `presencesAtOnce` with active ones first, and the number of pages.
     */
    besides(scope: string, connection: string): { present: Presence[]; pages: number } {
      const all = [...on(scope).values(), ...elsewhere(scope)];
      const others = all.filter((presence) => presence.connection !== connection);
      const listed = others.length <= presencesAtOnce ? others : others.sort((a, b) => isAtWork(b) - isAtWork(a));
      return { present: listed.slice(0, presencesAtOnce), pages: all.length };
    },
  };
}

const isAtWork = ({ record, lifted, writing }: Presence) =>
  Number(lifted !== null) * 2 + Number(record !== null || writing);
const room = (scope: string) => `board ${scope}`;
