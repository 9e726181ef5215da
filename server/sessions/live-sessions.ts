import { logError } from '#server/log.ts';
import type { Db } from '#server/db/driver/client.ts';
import { deleteSession, lastingSessions } from '#server/db/sessions.ts';
import type { MessageBus } from '#server/cluster/message-bus.ts';

/** The sessions that have open sockets on this process. A socket is closed when its session ends. */
export interface LiveSessions {
  /** Calls `end` when the session ends. Returns a function that stops watching it. */
  watch(session: string, end: () => void): () => void;
  /** Deletes a session and closes its sockets on every process. */
  end(session: string): Promise<void>;
  close(): Promise<void>;
}

/** How often, in milliseconds, each process checks whether the sessions with open sockets still exist. */
const checkIntervalMs = 500;

/**
 * Sockets are authenticated once, when they connect; this closes them when their session ends. A process that ends a
 * session notifies the others. A periodic check of the database finds expired sessions, sessions deleted by other means
 * and lost messages, with one query however many sockets there are. While the database is unavailable, no socket is
 * closed.
 */
export function watchSessions({ db, bus }: { db: Db; bus: MessageBus | null }): LiveSessions {
  const watched = new Map<string, Set<() => void>>();

  function endHere(session: string): void {
    for (const end of watched.get(session) ?? []) end();
  }

  async function check(): Promise<void> {
    const ids = [...watched.keys()];
    if (ids.length === 0) return;
    const lasting = await lastingSessions(db, ids, new Date());
    for (const id of ids) if (!lasting.has(id)) endHere(id);
  }

  let checking: Promise<void> | null = null;
  let failed = false;
  const told = (error: unknown) => {
    // An outage is logged once.
    if (!failed) logError('checking the sessions of open sockets', error);
    failed = true;
  };
  const timer = setInterval(() => {
    checking ??= check()
      .then(() => void (failed = false), told)
      .finally(() => (checking = null));
  }, checkIntervalMs).unref();
  bus?.subscribe<string>('sessionEnded', endHere);

  return {
    watch(session, end) {
      const ends = watched.get(session) ?? new Set();
      watched.set(session, ends.add(end));
      return () => {
        ends.delete(end);
        if (ends.size === 0 && watched.get(session) === ends) watched.delete(session);
      };
    },
    async end(session) {
      await deleteSession(db, session);
      endHere(session);
      bus?.send('sessionEnded', session);
    },
    async close() {
      clearInterval(timer);
      await checking;
    },
  };
}
