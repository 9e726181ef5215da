import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#server/db/driver/client.ts';
import { scopesPermitting } from '#server/db/access.ts';
import { stillTheirs } from '#server/db/notifications.ts';
import { notifications, trails } from '#server/db/schema.ts';
import type { CatchUp } from '#server/cluster/catch-up.ts';
import type { MessageBus } from '#server/cluster/message-bus.ts';
import type { Io } from './feed.ts';

interface Watched {
  io: Io;
  db: Db;
  bus: MessageBus | null;
  catchUp: CatchUp;
  /** The newest number of each trail that this process has sent to its sockets. */
  newest: Map<string, number>;
  /** Notifies people's sockets on this process that they have something new. */
  tell(people: readonly string[]): void;
}

/**
 * Polls for commits of other processes that the message bus did not deliver. Sends boards the newest number of their
 * trail, notifies people of new notifications, and disconnects sockets whose person may no longer watch the scope. Uses
 * a fixed number of queries, however many sockets there are.
 */
export function catchUpFeed({ io, db, bus, catchUp, newest, tell }: Watched): void {
  /** The newest unread notification that each person has been notified of. */
  const unread = new Map<string, string>();

  async function look(): Promise<void> {
    const sockets = [...io.sockets.sockets.values()];
    const watching = sockets.flatMap((socket) =>
      [...socket.data.attention.keys()].map((scope) => ({ socket, scope, person: socket.data.person.id })),
    );
    const scopes = new Set(watching.map(({ scope }) => scope));
    for (const trail of newest.keys()) if (!scopes.has(trail)) newest.delete(trail);
    if (scopes.size > 0) {
      await sendHeads([...scopes]);
      const allowed = await scopesPermitting(
        db,
        watching.map(({ scope, person }) => ({ scope, person })),
      );
      for (const { socket, scope, person } of watching) {
        if (!allowed.has(`${scope} ${person}`)) socket.disconnect(true);
      }
    }
    if (!bus || bus.isDisconnected()) await notifyPeople([...new Set(sockets.map(({ data }) => data.person.id))]);
    else unread.clear();
  }

  async function sendHeads(scopes: string[]): Promise<void> {
    const heads = await db
      .select({ id: trails.id, seq: trails.lastSeq })
      .from(trails)
      .where(inArray(trails.id, scopes));
    for (const { id, seq } of heads) {
      if (seq <= (newest.get(id) ?? 0)) continue;
      newest.set(id, seq);
      io.to(id).emit('advanced', id, seq);
    }
  }

  async function notifyPeople(people: string[]): Promise<void> {
    if (people.length === 0) return;
    const rows = await db
      .select({ person: notifications.personId, newest: sql<string>`max(${notifications.id}::text)` })
      .from(notifications)
      .where(and(inArray(notifications.personId, people), isNull(notifications.readAt), stillTheirs))
      .groupBy(notifications.personId);
    const fresh = rows.filter((row) => unread.get(row.person) !== row.newest);
    for (const row of fresh) unread.set(row.person, row.newest);
    tell(fresh.map((row) => row.person));
  }

  catchUp.watch('catching up with other processes', look);
  // Messages may have been lost while the bus was disconnected, so every page queries once.
  bus?.onReconnect(() => io.emit('told'));
}
