import type { Server as HttpServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Server } from 'socket.io';
import type { z } from 'zod';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { ClientToServer, ConnectionDenial, ServerToClient } from '#shared/contract/feed.ts';
import { Id } from '#shared/contract/id.ts';
import type { Person } from '#shared/contract/person.ts';
import { Attention, nothingAttended } from '#shared/contract/presence.ts';
import { accessToScope } from '#server/db/access.ts';
import type { ClusterPresence } from '#server/cluster/presence.ts';
import type { CatchUp } from '#server/cluster/catch-up.ts';
import type { MessageBus } from '#server/cluster/message-bus.ts';
import type { Services } from '#server/commands/command.ts';
import { isOwnRequest, type IsOwnOrigin } from '#server/origins.ts';
import { addressOf, type TrustedProxies } from '#server/trusted-proxies.ts';
import type { LiveSessions } from '#server/sessions/live-sessions.ts';
import { lastSeq } from '#server/db/trail.ts';
import { boardPresence } from './board-presence.ts';
import { catchUpFeed } from './catch-up-feed.ts';
import { logError } from '#server/log.ts';
import { listen, type FeedSocket } from './listen.ts';
import { scopesPerConnection, socketLimits } from './socket-limits.ts';
import { startStandupRooms, type OnStandups } from './standups.ts';

/** Delay of a denial in milliseconds. Slows down a client that reconnects immediately, on each connection. */
const denyDelayMs = 1_000;
/** For more events than this in one commit, boards receive only the newest number and fetch what they need. */
const announceLimit = 50;

/**
 * Returns the person whose sockets an event closes, because it changes their name or rights. The sockets reconnect
 * immediately and are authorised again. Null: the event closes no sockets.
 */
export function endsSocketsOf({ kind, body }: BoardEvent): string | null {
  switch (kind) {
    case 'duties.changed':
    case 'person.removed':
    case 'person.renamed':
      return body.person;
    default:
      return null;
  }
}

interface OnSocket extends OnStandups {
  person: Person;
  session: string;
  attention: Map<string, z.infer<typeof Attention>>;
}

export type Io = Server<ClientToServer, ServerToClient, Record<string, never>, OnSocket>;

export interface Feed {
  publish(trail: string, events: BoardEvent[]): void;
  tell(people: readonly string[]): void;
  secondsAway(standup: string, person: string): Promise<number | null>;
  close(): Promise<void>;
}

interface FeedServices extends Services {
  sessions: { of(headers: Headers): Promise<{ id: string; person: Person } | null> };
  liveSessions: LiveSessions;
  clusterPresence: ClusterPresence;
  bus: MessageBus | null;
  catchUp: CatchUp;
  isOwnOrigin: IsOwnOrigin;
  trustedProxies: TrustedProxies;
}

/**
 * Starts the board feed: events and presence of the scopes a socket watches. The session cookie of the handshake
 * authenticates the socket, and the socket is closed when that session ends. Access to a scope is checked at `watch`,
 * and again whenever people or duties change. Each process serves its own sockets; `publish` and `tell` are called on
 * every process.
 */
export function startFeed(
  http: HttpServer,
  { sessions, liveSessions, bus, catchUp, isOwnOrigin, trustedProxies, ...services }: FeedServices,
): Feed {
  const { db, clusterPresence } = services;
  const limits = socketLimits();
  const io: Io = new Server(http, {
    path: '/socket.io',
    destroyUpgrade: false,
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    // A page of another site must not read the feed with this person's cookie.
    allowRequest: (request, answer) => {
      const { headers } = request;
      if (!isOwnRequest(headers, isOwnOrigin)) return answer(null, false);
      const wait = limits.attempt(headers.cookie, addressOf(trustedProxies, request));
      void setTimeout(wait ?? denyDelayMs).then(() => answer(null, wait !== null));
    },
  });

  const tell = (people: readonly string[]) => {
    if (people.length > 0) io.to(people.map(personRoom)).emit('told');
  };
  const presence = boardPresence(io, clusterPresence);
  const standups = startStandupRooms(io, { ...services, limits });
  const newest = new Map<string, number>();
  catchUpFeed({ io, db, bus, catchUp, newest, tell });

  /** Returns why the connection is denied; null once its person and session are set. Rejects if the database fails. */
  async function connectionDenial({ handshake, data }: FeedSocket<OnSocket>): Promise<ConnectionDenial | null> {
    // A database error does not mean "signed out": it rejects, and the page retries.
    const session = await sessions.of(new Headers({ cookie: handshake.headers.cookie ?? '' }));
    if (!session) return 'signed-out';
    const { id, name } = session.person;
    if (handshake.auth['person'] !== undefined && handshake.auth['person'] !== id) return 'other-person';
    const open = io.sockets.adapter.rooms.get(personRoom(id))?.size ?? 0;
    if (!limits.canConnect(id, open)) {
      await setTimeout(denyDelayMs);
      return 'too-many-connections';
    }
    Object.assign(data, { person: { id, name }, session: session.id, attention: new Map(), standups: new Set() });
    return null;
  }

  io.use((socket, next) => {
    void connectionDenial(socket)
      .catch((error: unknown) => (logError('opening the feed', error), 'unavailable' as const))
      // oxlint-disable-next-line promise/no-callback-in-promise -- Socket.IO takes no promise
      .then((denial) => next(denial ? new Error(denial) : undefined));
  });

  io.on('connection', (socket) => {
    const { person, session, attention } = socket.data;
    const sayPresence = (scope: string) =>
      presence.say(scope, { connection: socket.id, person, ...attention.get(scope)! });
    void socket.join(personRoom(person.id));
    // The page reconnects immediately. The handshake reports whether it is signed out or somebody else is signed in.
    socket.on(
      'disconnect',
      liveSessions.watch(session, () => socket.disconnect(true)),
    );
    // A flooding client is disconnected; it reconnects and fetches what it missed.
    socket.use((_message, next) => {
      if (limits.may('message', person.id)) next();
      else socket.disconnect(true);
    });
    standups.welcome(socket);

    listen(socket, 'watch', async (scope, answer) => {
      if (typeof answer !== 'function') return;
      if (!limits.may('watch', person.id) || attention.size >= scopesPerConnection) return void socket.disconnect(true);
      const access = Id.safeParse(scope).success && (await accessToScope(db, person.id, scope));
      if (!access || !socket.connected) return answer(null);
      attention.set(scope, nothingAttended);
      await socket.join(scope);
      sayPresence(scope);
      answer({ seq: await lastSeq(db, scope), ...presence.besides(scope, socket.id) });
    });

    listen(socket, 'attend', (scope, payload) => {
      if (!limits.may('attend', person.id)) return;
      const parsed = Attention.safeParse(payload);
      if (!parsed.success || !attention.has(scope)) return;
      attention.set(scope, parsed.data);
      sayPresence(scope);
    });

    const leave = (scope: string) => {
      if (!attention.delete(scope)) return;
      presence.leave(scope, socket.id);
      void socket.leave(scope);
    };
    listen(socket, 'unwatch', leave);
    socket.on('disconnecting', () => [...attention.keys()].forEach(leave));
  });

  return {
    publish(trail, events) {
      if (events.length > 0) newest.set(trail, Math.max(newest.get(trail) ?? 0, events.at(-1)!.seq));
      standups.follow(events);
      if (events.length > announceLimit) io.to(trail).emit('advanced', trail, events.at(-1)!.seq);
      else for (const event of events) io.to(trail).emit('event', trail, event);
      for (const event of events) {
        const person = endsSocketsOf(event);
        // The sockets reconnect immediately; each `watch` then checks the person's current access.
        if (person) io.in(personRoom(person)).disconnectSockets(true);
      }
    },
    tell,
    secondsAway: standups.secondsAway,
    close: async () => {
      await standups.close();
      await io.close();
    },
  };
}

const personRoom = (id: string) => `person ${id}`;
