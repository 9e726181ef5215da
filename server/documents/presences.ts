import type { AwarenessState, AwarenessUpdate } from './awareness.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * Who is in a document and where they write; `elsewhere` tells who is on other processes. Clocks are the server's: a
 * client that claims another's id with a clock of its choice would silence the other for good.
 */
export function presencesOf(now: () => Date, remote: () => readonly AwarenessState[]) {
  const states = new Map<Subscriber, AwarenessState>();
  let clock = 0;
  const stamp = (update: AwarenessUpdate): AwarenessState => {
    // A client that comes from another process has its clock from there.
    clock = Math.max(clock + 1, now().getTime(), ...remote().map((presence) => presence.clock + 1));
    return { ...update, clock };
  };
  const isRemote = (client: number) => remote().some((presence) => presence.client === client);

  return {
    /** What the others are to be told; null where nothing changed or the id is somebody else's. */
    update(subscriber: Subscriber, update: AwarenessUpdate): AwarenessState | null {
      for (const [other, { client }] of states) {
        if (other === subscriber || client !== update.client) continue;
        if (other.person.id !== subscriber.person.id) return null;
        // The same client on a new connection; the old one is not closed yet.
        states.delete(other);
      }
      if (remote().some((other) => other.client === update.client && personIn(other) !== subscriber.person.id))
        return null;
      if (!update.state) return this.leave(subscriber)?.said ?? null;
      const presence = stamp(update);
      states.set(subscriber, presence);
      return presence;
    },
    /** Null where it never said anything. `said`: what the others here are to be told, unless the client is elsewhere now. */
    leave(subscriber: Subscriber): { client: number; said: AwarenessState | null } | null {
      const left = states.get(subscriber);
      if (!left) return null;
      states.delete(subscriber);
      const { client } = left;
      return { client, said: isRemote(client) ? null : stamp({ client, state: null }) };
    },
    /** Who is here under a Yjs client id. */
    whoIs(client: number): string | undefined {
      for (const [subscriber, presence] of states) if (presence.client === client) return subscriber.person.id;
      const other = remote().find((presence) => presence.client === client);
      return other && personIn(other);
    },
    /** What readers here are to be told of what another process said; null where a client is still somewhere. */
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
