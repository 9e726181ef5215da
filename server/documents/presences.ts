import type { AwarenessState, AwarenessUpdate } from './awareness.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * The presences in a document. `remote` returns those on other processes. The server assigns the clocks: otherwise a
 * client that claims another client's id with a high clock would silence the other permanently.
 */
export function presencesOf(now: () => Date, remote: () => readonly AwarenessState[]) {
  const states = new Map<Subscriber, AwarenessState>();
  let clock = 0;
  const stamp = (update: AwarenessUpdate): AwarenessState => {
    // A client that moves here from another process already has a clock from there.
    clock = Math.max(clock + 1, now().getTime(), ...remote().map((presence) => presence.clock + 1));
    return { ...update, clock };
  };
  const isRemote = (client: number) => remote().some((presence) => presence.client === client);

  return {
    /** Returns the presence to relay; null if nothing changed or the client id belongs to somebody else. */
    update(subscriber: Subscriber, update: AwarenessUpdate): AwarenessState | null {
      for (const [other, { client }] of states) {
        if (other === subscriber || client !== update.client) continue;
        if (other.person.id !== subscriber.person.id) return null;
        // The same client reconnected before its old connection was closed.
        states.delete(other);
      }
      if (remote().some((other) => other.client === update.client && personIn(other) !== subscriber.person.id))
        return null;
      if (!update.state) return this.leave(subscriber)?.said ?? null;
      const presence = stamp(update);
      states.set(subscriber, presence);
      return presence;
    },
    /**
     * Removes a subscriber. Returns null if it never sent a presence. `said`: the presence to relay on this process;
     * null if the client is now on another process.
     */
    leave(subscriber: Subscriber): { client: number; said: AwarenessState | null } | null {
      const left = states.get(subscriber);
      if (!left) return null;
      states.delete(subscriber);
      const { client } = left;
      return { client, said: isRemote(client) ? null : stamp({ client, state: null }) };
    },
    /** The person with this Yjs client id; undefined if nobody is present with it. */
    whoIs(client: number): string | undefined {
      for (const [subscriber, presence] of states) if (presence.client === client) return subscriber.person.id;
      const other = remote().find((presence) => presence.client === client);
      return other && personIn(other);
    },
    /**
     * Returns the presence to relay after a change on another process; null if a client that left there is still
     * connected.
     */
    updateRemote(client: number, update: AwarenessState | null): AwarenessState | null {
      const isHere = [...states.values()].some((presence) => presence.client === client);
      if (!update) return isHere || isRemote(client) ? null : stamp({ client, state: null });
      clock = Math.max(clock, update.clock);
      return update;
    },
    besides: (client: number | null): AwarenessState[] =>
      [...states.values(), ...remote()].filter((other) => other.client !== client),
  };
}

const personIn = ({ state }: AwarenessState) => (state?.['user'] as { id: string } | undefined)?.id;
