import type { BoardEvent } from './event.ts';
import type { AttendedStandup, StandupPoint, StandupPresence } from './standup.ts';
import type { Attention, Presence } from './presence.ts';

/**
 * Answer to `watch`: the scope's newest sequence number and the people present, at most `presencesAtOnce` of them,
 * active ones first. `pages`: how many pages have the scope open. Null if the scope does not exist for this person.
 */
export type Watching = { seq: number; present: Presence[]; pages: number } | null;

/** Presence changes since the last message; they may include the receiver's own page. */
export interface PresenceChanges {
  present: Presence[];
  /** Ids of closed connections. */
  absent: string[];
  pages: number;
}

/** Socket.IO, path `/socket.io`, authenticated by the session cookie. */
export interface ServerToClient {
  event: (scope: string, event: BoardEvent) => void;
  /** Many events were committed together; `seq` is the newest. The client fetches the events that it missed. */
  advanced: (scope: string, seq: number) => void;
  /** All presence changes of one tick, coalesced into one message. */
  presence: (scope: string, changes: PresenceChanges) => void;
  /** The person of this socket has a new notification. */
  told: () => void;
  /** Who is connected to a standup, and since when its leader is disconnected. */
  standupPresence: (standup: string, presence: StandupPresence) => void;
  /** The leader's reading position. */
  pointed: (standup: string, point: StandupPoint) => void;
}

export interface ClientToServer {
  watch: (scope: string, answer: (watching: Watching) => void) => void;
  unwatch: (scope: string) => void;
  attend: (scope: string, attention: Attention) => void;
  /** Follows a standup on this connection; to take part, a client calls the route `join`. */
  attendStandup: (standup: string, answer: (attended: AttendedStandup) => void) => void;
  departStandup: (standup: string) => void;
  /** The server forwards only the leader's position. */
  point: (standup: string, point: StandupPoint) => void;
}

/** Why the server denies a connection to the feed: the message of the client's `connect_error`. */
export type ConnectionDenial = 'signed-out' | 'other-person' | 'unavailable' | 'too-many-connections';
