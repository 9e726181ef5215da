import { tokenIn } from '#server/limits/session-token.ts';
import { tokenBuckets, type Rate } from '#server/limits/token-bucket.ts';

/** Maximum number of documents a person has open at the same time, over all their pages. A tab has one. */
export const documentsPerPerson = 100;

/** Per session token, before anything is looked up. After a server restart all of a person's tabs come back at once. */
const attempts: Rate = { perSecond: 20, burst: 200 };
/** Per address, whatever tokens are tried: an office may share one. */
const attemptsFrom: Rate = { perSecond: 100, burst: 1_000 };

/** Limits on opening documents: every change goes to each reader, and each opening reads the database. */
export function openingLimits(now?: () => number) {
  const take = tokenBuckets(attempts, now);
  const takeFrom = tokenBuckets(attemptsFrom, now);
  const open = new Map<string, number>();
  return {
    /** Whether one more attempt is looked at. */
    mayTry(cookie: string | undefined, address: string): boolean {
      const token = tokenIn(cookie);
      return (!token || take(token) === 0) && takeFrom(address) === 0;
    },
    /** Returns the function to call when it is closed; null: the person has too many open. */
    enter(person: string): (() => void) | null {
      const count = open.get(person) ?? 0;
      if (count >= documentsPerPerson) return null;
      open.set(person, count + 1);
      return () => {
        const left = open.get(person)! - 1;
        if (left === 0) open.delete(person);
        else open.set(person, left);
      };
    },
  };
}
