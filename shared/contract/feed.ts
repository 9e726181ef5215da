import type { BoardEvent } from './event.ts';
import type { AttendedStandup, StandupPoint, StandupPresence } from './standup.ts';
import type { Attention, Presence } from './presence.ts';

/**
 * Answer to `watch`: the scope's newest number and who else is here, at most `presencesAtOnce` of them, those first who are
 * at something; `pages`: how many pages have it open. `null` where there is no such scope for this person.
 */
export type Watching = { seq: number; present: Presence[]; pages: number } | null;

/** What changed about who is here since the last message; the receiver's own page may be among them. */
export interface PresenceChanges {
  present: Presence[];
  /** Connections that are gone. */
  absent: string[];
  pages: number;
}

/** Socket.IO, path `/socket.io`, authenticated by the session cookie. */
export interface ServerToClient {
  event: (scope: string, event: BoardEvent) => void;
  /** Many events at once were committed; the newest is `seq`. Ask for what was missed. */
  advanced: (scope: string, seq: number) => void;
  /** One message for all that changed within a tick. */
  presence: (scope: string, changes: PresenceChanges) => void;
  /** There is a new notification for the person of this socket. */
  told: () => void;
  /** Who is connected in a standup, and since when its leader is not. */
  standupPresence: (standup: string, presence: StandupPresence) => void;
  /** Where the leader is reading. */
  pointed: (standup: string, point: StandupPoint) => void;
}

export interface ClientToServer {
  watch: (scope: string, answer: (watching: Watching) => void) => void;
  unwatch: (scope: string) => void;
  attend: (scope: string, attention: Attention) => void;
  /** Follows a standup from this connection; taking part is the route `join`. */
  attendStandup: (standup: string, answer: (attended: AttendedStandup) => void) => void;
  departStandup: (standup: string) => void;
  /** Only the leader's is passed on. */
  point: (standup: string, point: StandupPoint) => void;
}

/** Why the server denies a connection to the feed: the message of the client's `connect_error`. */
export type ConnectionDenial = 'signed-out' | 'other-person' | 'unavailable' | 'too-many-connections';
