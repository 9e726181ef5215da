import type { Presence, Said } from './awareness.ts';
import type { Reader } from './reader.ts';

/**
 * Who is in a document and where they write; `elsewhere` tells who is on other processes. Clocks are the server's: a
 * client that claims another's id with a clock of its choice would silence the other for good.
 */
export function presencesOf(now: () => Date, elsewhere: () => readonly Presence[]) {
  const known = new Map<Reader, Presence>();
  let clock = 0;
  const stamp = (said: Said): Presence => {
    // A client that comes from another process has its clock from there.
    clock = Math.max(clock + 1, now().getTime(), ...elsewhere().map((presence) => presence.clock + 1));
    return { ...said, clock };
  };
  const isElsewhere = (client: number) => elsewhere().some((presence) => presence.client === client);

  return {
    /** What the others are to be told; null where nothing changed or the id is somebody else's. */
    say(reader: Reader, said: Said): Presence | null {
      for (const [other, { client }] of known) {
        if (other === reader || client !== said.client) continue;
        if (other.person.id !== reader.person.id) return null;
        // The same client on a new connection; the old one is not closed yet.
        known.delete(other);
      }
      if (elsewhere().some((other) => other.client === said.client && personIn(other) !== reader.person.id))
        return null;
      if (!said.state) return this.leave(reader)?.said ?? null;
      const presence = stamp(said);
      known.set(reader, presence);
      return presence;
    },
    /** Null where it never said anything. `said`: what the others here are to be told, unless the client is elsewhere now. */
    leave(reader: Reader): { client: number; said: Presence | null } | null {
      const left = known.get(reader);
      if (!left) return null;
      known.delete(reader);
      const { client } = left;
      return { client, said: isElsewhere(client) ? null : stamp({ client, state: null }) };
    },
    /** Who is here under a Yjs client id. */
    whoIs(client: number): string | undefined {
      for (const [reader, presence] of known) if (presence.client === client) return reader.person.id;
      const other = elsewhere().find((presence) => presence.client === client);
      return other && personIn(other);
    },
    /** What readers here are to be told of what another process said; null where a client is still somewhere. */
    hear(client: number, said: Presence | null): Presence | null {
      const isHere = [...known.values()].some((presence) => presence.client === client);
      if (!said) return isHere || isElsewhere(client) ? null : stamp({ client, state: null });
      clock = Math.max(clock, said.clock);
      return said;
    },
    besides: (client: number | null): Presence[] =>
      [...known.values(), ...elsewhere()].filter((other) => other.client !== client),
  };
}

const personIn = ({ state }: Presence) => (state?.['user'] as { id: string } | undefined)?.id;
