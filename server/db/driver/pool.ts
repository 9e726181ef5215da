import { DatabaseUnavailable, Ending } from './client.ts';
import type { Connection, QueryOptions, Rows } from './connection.ts';

/** A pool of connections, opened on demand and replaced when lost. */
export interface Pool {
  query(text: string, values: readonly unknown[], options: QueryOptions): Promise<Rows>;
  /** Reserves a connection for the duration of `use`. */
  withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T>;
  /** Waits up to this many seconds for running queries, then closes all connections. */
  close(seconds: number): Promise<void>;
}

interface Member {
  connection: Connection;
  openedAt: number;
  /** Number of unanswered queries. */
  active: number;
  reserved: boolean;
}

interface Waiter {
  alone: boolean;
  take(member: Member): Promise<void>;
  fail(error: unknown): void;
}

/** Age in milliseconds after which an idle connection is replaced: the server's memory per connection only grows. */
const maxAge = 45 * 60_000;

export function openPool(open: (onLost: () => void) => Promise<Connection>, size: number): Pool {
  const members = new Set<Member>();
  const waiting: Waiter[] = [];
  let opening = 0;
  let isClosed = false;

  /** Returns an idle connection. For a single query, returns the least busy one when the pool has reached its size. */
  function available(alone: boolean): Member | undefined {
    let best: Member | undefined;
    for (const member of members) {
      if (member.reserved) continue;
      if (member.active === 0) return member;
      if (!best || member.active < best.active) best = member;
    }
    return alone || members.size < size ? undefined : best;
  }

  function serve(): void {
    while (waiting.length > 0) {
      const member = available(waiting[0]!.alone);
      if (!member) break;
      void waiting.shift()!.take(member);
    }
    while (opening < waiting.length && members.size + opening < size && !isClosed) void add();
  }

  async function add(): Promise<void> {
    opening += 1;
    const member: Partial<Member> = {};
    try {
      const connection = await open(() => {
        members.delete(member as Member);
        serve();
      });
      const added = Object.assign(member, { connection, openedAt: Date.now(), active: 0, reserved: false });
      if (isClosed) await connection.close(0);
      else if (!connection.isLost) members.add(added);
      opening -= 1;
    } catch (error) {
      opening -= 1;
      // Waiters fail immediately, unless an open connection will serve them. The next query tries to connect again.
      if (members.size === 0) for (const waiter of waiting.splice(0)) waiter.fail(error);
      return;
    }
    serve();
  }

  function become(member: Member): void {
    if (member.active > 0 || member.reserved) return;
    if (Date.now() - member.openedAt > maxAge && waiting.length === 0 && members.delete(member)) {
      void member.connection.close(1);
    } else serve();
  }

  async function run(member: Member, text: string, values: readonly unknown[], options: QueryOptions): Promise<Rows> {
    member.active += 1;
    try {
      return await member.connection.query(text, values, options);
    } finally {
      member.active -= 1;
      become(member);
    }
  }

  async function runAlone<T>(member: Member, use: (connection: Connection) => Promise<T>): Promise<T> {
    member.reserved = true;
    try {
      return await use(member.connection);
    } finally {
      member.reserved = false;
      become(member);
    }
  }

  function enter<T>(alone: boolean, take: (member: Member) => Promise<T>): Promise<T> {
    if (isClosed) return Promise.reject(new DatabaseUnavailable(new Ending()));
    const member = waiting.length === 0 ? available(alone) : undefined;
    if (member) return take(member);
    return new Promise((resolve, reject) => {
      waiting.push({ alone, take: (member) => take(member).then(resolve, reject), fail: reject });
      serve();
    });
  }

  return {
    query: (text, values, options) => enter(false, (member) => run(member, text, values, options)),
    withConnection: (use) => enter(true, (member) => runAlone(member, use)),
    async close(seconds) {
      isClosed = true;
      const until = Date.now() + seconds * 1_000;
      const isBusy = () => waiting.length > 0 || [...members].some(({ active, reserved }) => reserved || active > 0);
      while (isBusy() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
      const closed = new DatabaseUnavailable(new Ending());
      for (const waiter of waiting.splice(0)) waiter.fail(closed);
      await Promise.all([...members].map(({ connection }) => connection.close(1)));
      members.clear();
    },
  };
}
