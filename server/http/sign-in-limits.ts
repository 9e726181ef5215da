import { createHash } from 'node:crypto';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '#server/db/driver/client.ts';
import { people, sessions, signInTries } from '#server/db/schema.ts';

/** Wrong passwords from one address within `seconds`, for any accounts. */
const perAddress = { tries: 30, seconds: 60 };
/** Wrong passwords for one account from anywhere. Beyond that, only addresses with a session of the account may try. */
const perAccount = { tries: 50, seconds: 3600 };
/** Wrong passwords for one account from one address: some are free, then the wait doubles with each further one. */
const perBoth = { free: 5, maxWaitSeconds: 900, forgottenAfter: 3600 };

export interface SignInAttempt {
  /** Seconds until another try is accepted; 0: this one may proceed. */
  wait: number;
  /** Undoes the count: the password was not wrong. `signedIn`: it was correct. */
  forgive(signedIn: boolean): Promise<void>;
}

export interface SignInLimits {
  /** Counts a try before its password is verified, so that concurrent tries are all counted. */
  begin(email: string, address: string): Promise<SignInAttempt>;
}

export const noSignInLimits: SignInLimits = {
  begin: async () => ({ wait: 0, forgive: async () => undefined }),
};

class TooMany extends Error {}

/**
 * Limits on password guessing, stored in the database for all processes. Nobody can lock an account: guessing from
 * elsewhere slows down only the guesser, and the owner can still sign in from any address they used before.
 */
export function signInLimits(db: Db, now: () => Date): SignInLimits {
  return {
    async begin(email, address) {
      const keys = {
        address: keyOf('address', address),
        account: keyOf('account', email),
        both: keyOf('both', email, address),
      };
      const at = now();
      try {
        await db.transaction(async (tx) => {
          await count(tx, keys.address, at, windowed(perAddress, at));
          if (!(await isKnownAt(tx, email, address))) await count(tx, keys.account, at, windowed(perAccount, at));
          await count(tx, keys.both, at, backingOff(at));
        });
      } catch (error) {
        if (!(error instanceof TooMany)) throw error;
        return { wait: await waitOf(db, keys, at), forgive: async () => undefined };
      }
      return {
        wait: 0,
        async forgive(signedIn) {
          const less = { tries: sql`greatest(${signInTries.tries} - 1, 0)` };
          await db.update(signInTries).set(less).where(eq(signInTries.key, keys.address));
          await db.update(signInTries).set(less).where(eq(signInTries.key, keys.account));
          if (signedIn) await db.delete(signInTries).where(eq(signInTries.key, keys.both));
          else await db.update(signInTries).set(less).where(eq(signInTries.key, keys.both));
        },
      };
    },
  };
}

const keyOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

interface Counting {
  /** Whether the count restarts with this try. */
  over: SQL;
  /** Whether one more try is accepted. */
  taken: SQL;
  /** The new value of `at`. */
  at: SQL;
}

const before = (at: Date, seconds: number) =>
  sql`${new Date(at.getTime() - seconds * 1000).toISOString()}::timestamptz`;

function windowed({ tries, seconds }: typeof perAddress, at: Date): Counting {
  const over = sql`${signInTries.at} <= ${before(at, seconds)}`;
  return {
    over,
    taken: sql`${over} or ${signInTries.tries} < ${tries}`,
    at: sql`case when ${over} then excluded.at else ${signInTries.at} end`,
  };
}

const waitAfter = sql`least(power(2, least(${signInTries.tries}, 30) - ${perBoth.free}), ${perBoth.maxWaitSeconds}) * interval '1 second'`;

function backingOff(at: Date): Counting {
  const over = sql`${signInTries.at} <= ${before(at, perBoth.forgottenAfter)}`;
  return {
    over,
    taken: sql`${signInTries.tries} < ${perBoth.free} or ${signInTries.at} + ${waitAfter} <= excluded.at`,
    at: sql`excluded.at`,
  };
}

/** Counts one more try for a key. Throws TooMany. */
async function count(tx: Tx, key: string, at: Date, { over, taken, at: then }: Counting): Promise<void> {
  const counted = await tx
    .insert(signInTries)
    .values({ key, tries: 1, at })
    .onConflictDoUpdate({
      target: signInTries.key,
      set: { tries: sql`case when ${over} then 1 else ${signInTries.tries} + 1 end`, at: then },
      setWhere: taken,
    })
    .returning({ key: signInTries.key });
  if (counted.length === 0) throw new TooMany();
}

/** Whether somebody has a session of this account from this address. */
async function isKnownAt(tx: Tx, email: string, address: string): Promise<boolean> {
  const known = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(and(eq(people.email, email), eq(sessions.ipAddress, address)))
    .limit(1);
  return known.length > 0;
}

/** The longest of the waits that apply, in whole seconds; at least 1. */
async function waitOf(db: Db, keys: { address: string; account: string; both: string }, at: Date): Promise<number> {
  const rest = async (key: string, seconds: (tries: number) => number) => {
    const [row] = await db.select().from(signInTries).where(eq(signInTries.key, key));
    return row ? Math.ceil((row.at.getTime() - at.getTime()) / 1000 + seconds(row.tries)) : 0;
  };
  const backoff = (tries: number) =>
    tries < perBoth.free ? 0 : Math.min(2 ** (Math.min(tries, 30) - perBoth.free), perBoth.maxWaitSeconds);
  const windowOf =
    ({ tries: most, seconds }: typeof perAddress) =>
    (tries: number) =>
      tries < most ? 0 : seconds;
  const waits = [
    await rest(keys.address, windowOf(perAddress)),
    await rest(keys.account, windowOf(perAccount)),
    await rest(keys.both, backoff),
  ];
  return Math.max(1, ...waits);
}
