import { logError } from '#server/log.ts';
import { and, eq, isNull } from 'drizzle-orm';
import type { DefaultEventsMap, Server } from 'socket.io';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import { Id } from '#shared/contract/id.ts';
import type { Person } from '#shared/contract/person.ts';
import { pointsPerSecond, StandupPoint, type StandupPresence } from '#shared/contract/standup.ts';
import type { Services } from '#server/commands/command.ts';
import { leaveStandup } from '#server/commands/standups/leave.ts';
import { accessToScope } from '#server/db/access.ts';
import { standupPeople, standups } from '#server/db/schema.ts';
import type { ClusterPresence } from '#server/cluster/presence.ts';
import { tokenBucket } from '#server/limits/token-bucket.ts';
import { coalesced } from './coalesce.ts';
import { listen, type FeedSocket } from './listen.ts';
import type { SocketLimits } from './socket-limits.ts';

/** A person leaves a standup this many seconds after their last connection closes. */
const leaveAfterSeconds = 60;
const checkIntervalMs = 1_000;
/** Minimum interval in milliseconds between presence messages, however many people join and leave. */
const notifyIntervalMs = 100;
const standupsPerConnection = 20;

/** Socket data for standups: the standups it follows. */
export interface OnStandups {
  person: Person;
  standups: Set<string>;
}

type Io<Data extends OnStandups> = Server<
  ClientToServer,
  ServerToClient,
  DefaultEventsMap | Record<string, never>,
  Data
>;
/** A standup that a socket of this process follows. */
interface Followed {
  leader: string;
  point: StandupPoint | null;
}

/** A connection on another process. */
interface Elsewhere {
  person: string;
  /** The leader's reading position, if this is the leader's connection. */
  point: StandupPoint | null;
}

/**
 * Tracks who is connected to which standup, and the leader's reading position. Only departures are stored. After a
 * restart nobody is connected, and everybody counts as away since then.
 */
export function startStandupRooms<Data extends OnStandups>(
  io: Io<Data>,
  services: Services & { clusterPresence: ClusterPresence; limits: SocketLimits },
) {
  const { db, clusterPresence, limits } = services;
  const begun = services.now();
  const followed = new Map<string, Followed>();
  /** When the last connection of a person closed. */
  const gone = new Map<string, { standup: string; person: string; since: Date }>();
  const away = (standup: string, person: string, since: Date) =>
    void gone.set(`${standup} ${person}`, { standup, person, since });
  const since = (standup: string, person: string) => gone.get(`${standup} ${person}`)?.since ?? begun;

  async function connected(standup: string): Promise<string[]> {
    const sockets = await io.in(room(standup)).fetchSockets();
    const connectedIds = sockets.map(({ data }) => (data as Data).person.id);
    const there = clusterPresence.remote<Elsewhere>(room(standup)).map(({ entry }) => entry.person);
    return [...new Set([...connectedIds, ...there])];
  }

  async function presence(standup: string): Promise<StandupPresence> {
    const people = await connected(standup);
    const leader = followed.get(standup)?.leader;
    const there = leader === undefined || people.includes(leader);
    return { people, leaderAway: there ? null : since(standup, leader).toISOString() };
  }

  const tell = coalesced(notifyIntervalMs, (standup) => {
    presence(standup)
      .then((now) => io.to(room(standup)).emit('standupPresence', standup, now))
      .catch(failed);
  });

  async function attend(socket: FeedSocket<Data>, id: string) {
    const [row] = await db
      .select({ scope: standups.scopeId, leader: standups.leaderId })
      .from(standups)
      .where(and(eq(standups.id, id), isNull(standups.endedAt)));
    const { person } = socket.data;
    if (!row || !(await accessToScope(db, person.id, row.scope)) || !socket.connected) return null;
    const pointing = clusterPresence.remote<Elsewhere>(room(id)).find(({ entry }) => entry.point !== null);
    const standup = followed.get(id) ?? { leader: row.leader, point: pointing?.entry.point ?? null };
    followed.set(id, standup);
    socket.data.standups.add(id);
    gone.delete(`${id} ${person.id}`);
    await socket.join(room(id));
    sayHere(socket, id, null);
    tell(id);
    return { presence: await presence(id), point: standup.point };
  }

  async function depart(socket: FeedSocket<Data>, id: string): Promise<void> {
    if (!socket.data.standups.delete(id)) return;
    await socket.leave(room(id));
    clusterPresence.set(room(id), socket.id, null);
    await wentFrom(id, socket.data.person.id);
  }

  async function wentFrom(id: string, person: string): Promise<void> {
    const people = await connected(id);
    if (people.includes(person)) return;
    away(id, person, services.now());
    tell(id);
    // The leader is read again when somebody joins.
    if (people.length === 0) followed.delete(id);
  }

  const sayHere = ({ id: key, data }: FeedSocket<Data>, id: string, point: StandupPoint | null) =>
    clusterPresence.set(room(id), key, { person: data.person.id, point } satisfies Elsewhere);

  /** Connections on other processes, by standup: the message that a connection closed does not name its person. */
  const there = new Map<string, Elsewhere>();
  clusterPresence.onChange((name, key, entry) => {
    if (!name.startsWith(room(''))) return;
    const id = name.slice(room('').length);
    const before = there.get(`${name} ${key}`);
    const now = entry as Elsewhere | null;
    if (now) there.set(`${name} ${key}`, now);
    else there.delete(`${name} ${key}`);
    if (!now) void (before && wentFrom(id, before.person).catch(failed));
    else if (!before) {
      gone.delete(`${id} ${now.person}`);
      if (followed.has(id)) tell(id);
    } else if (now.point) {
      const standup = followed.get(id);
      if (standup?.leader !== now.person) return;
      standup.point = now.point;
      io.to(room(id)).emit('pointed', id, now.point);
    }
  });

  const failed = (error: unknown) => logError('following a standup', error);
  const leftLongAgo = async () => {
    const latest = services.now().getTime() - leaveAfterSeconds * 1_000;
    for (const [key, { standup, person, since }] of gone) {
      if (since.getTime() > latest) continue;
      gone.delete(key);
      const people = await connected(standup);
      if (!people.includes(person)) await leaveStandup(services, { actor: null, operation: null }, { standup, person });
    }
  };
  let looking: Promise<void> = awayAtStart(services, (standup, person) => away(standup, person, begun)).catch(failed);
  const timer = setInterval(() => void (looking = looking.then(leftLongAgo).catch(failed)), checkIntervalMs);

  return {
    welcome(socket: FeedSocket<Data>) {
      const { person } = socket.data;
      const heard = tokenBucket({ perSecond: pointsPerSecond, burst: pointsPerSecond });
      listen(socket, 'attendStandup', async (id, answer) => {
        if (typeof answer !== 'function') return;
        if (!limits.may('attendStandup', person.id) || socket.data.standups.size >= standupsPerConnection)
          return void socket.disconnect(true);
        answer(Id.safeParse(id).success ? await attend(socket, id) : null);
      });
      listen(socket, 'departStandup', (id) => depart(socket, id));
      listen(socket, 'point', (id, payload) => {
        const standup = followed.get(id);
        if (!standup || standup.leader !== person.id || !socket.data.standups.has(id)) return;
        if (heard() > 0 || !limits.may('point', person.id)) return;
        const parsed = StandupPoint.safeParse(payload);
        if (!parsed.success) return;
        standup.point = parsed.data;
        socket.to(room(id)).emit('pointed', id, parsed.data);
        sayHere(socket, id, parsed.data);
      });
      socket.on('disconnecting', () => {
        for (const id of socket.data.standups) void depart(socket, id).catch(failed);
      });
    },
    /**
     * Follows standup events. A new leader who is not connected is treated as if they had just lost their connection.
     */
    follow(events: readonly BoardEvent[]) {
      for (const { kind, body } of events) {
        if (kind === 'standup.started') away(body.standup, body.leader, services.now());
        if (kind === 'standup.led') {
          const { standup: id, after: leader } = body;
          const standup = followed.get(id);
          if (standup) Object.assign(standup, { leader, point: null });
          void connected(id)
            .then((people) => (people.includes(leader) ? null : away(id, leader, services.now())))
            .then(() => tell(id))
            .catch(failed);
        }
        if (kind === 'standup.ended') {
          followed.delete(body.standup);
          for (const [key, { standup }] of gone) if (standup === body.standup) gone.delete(key);
        }
      }
    },
    async secondsAway(standup: string, person: string): Promise<number | null> {
      const people = await connected(standup);
      return people.includes(person) ? null : (services.now().getTime() - since(standup, person).getTime()) / 1_000;
    },
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Reports everybody who is in an open standup as away: after a restart nobody is connected. */
async function awayAtStart({ db }: Services, say: (standup: string, person: string) => void): Promise<void> {
  const rows = await db
    .select({ standup: standups.id, person: standupPeople.personId })
    .from(standups)
    .innerJoin(standupPeople, and(eq(standupPeople.standupId, standups.id), isNull(standupPeople.leftAt)))
    .where(isNull(standups.endedAt));
  for (const { standup, person } of rows) say(standup, person);
}

const room = (standup: string) => `standup ${standup}`;
