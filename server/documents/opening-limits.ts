import { tokenBuckets, type Rate } from '#server/limits/token-bucket.ts';

/** Documents that one person has open at the same time, on all their pages: a tab has one. */
export const documentsPerPerson = 100;

/** By cookie, before anything is looked up. After a new start of the server all of a person's tabs come back at once. */
const attempts: Rate = { perSecond: 20, burst: 200 };

/** Every word of a document goes to each of its readers, and each opening reads the database: neither is without end. */
export function openingLimits(now?: () => number) {
  const take = tokenBuckets(attempts, now);
  const open = new Map<string, number>();
  return {
    /** Whether somebody with this cookie may try to open one more. */
    mayTry: (cookie: string): boolean => take(cookie) === 0,
    /** Answers with the function that says it is closed; null: the person has too many open. */
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
