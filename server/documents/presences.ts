import type { Presence, Said } from './awareness.ts';
import type { Reader } from './live-document.ts';

/**
 * Who is in a document and where they write. Clocks are the server's: a client that claims another's id with a clock of
 * its choice would silence the other for good.
 */
export function presencesOf(now: () => Date) {
  const known = new Map<Reader, Presence>();
  let clock = 0;
  const stamp = (said: Said): Presence => ({ ...said, clock: (clock = Math.max(clock + 1, now().getTime())) });

  return {
    /** What the others are to be told; null where nothing changed or the id is somebody else's. */
    say(reader: Reader, said: Said): Presence | null {
      for (const [other, { client }] of known) {
        if (other === reader || client !== said.client) continue;
        if (other.person.id !== reader.person.id) return null;
        // The same client on a new connection; the old one is not closed yet.
        known.delete(other);
      }
      if (!said.state) return this.leave(reader);
      const presence = stamp(said);
      known.set(reader, presence);
      return presence;
    },
    leave(reader: Reader): Presence | null {
      const left = known.get(reader);
      known.delete(reader);
      return left ? stamp({ client: left.client, state: null }) : null;
    },
    /** Who is here under a Yjs client id. */
    whoIs(client: number): string | undefined {
      for (const [reader, presence] of known) if (presence.client === client) return reader.person.id;
      return undefined;
    },
    besides: (client: number | null): Presence[] => [...known.values()].filter((other) => other.client !== client),
  };
}
