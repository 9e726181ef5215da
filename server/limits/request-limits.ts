import { setTimeout } from 'node:timers/promises';
import { slots, type Enter } from './slots.ts';
import { tokenBuckets, type Rate } from './token-bucket.ts';
import { TooMany } from './too-many.ts';

/**
 * The cost class of a request: `heavy` reads or returns a lot, `large` has a large body, `file` streams an upload,
 * `page` renders a page, `signIn` hashes a password.
 */
export type Cost = 'read' | 'write' | 'heavy' | 'large' | 'file' | 'page' | 'signIn';

/**
 * Rates per person, or per address without a session. Based on real use: opening a board with its rail costs about 10
 * reads, a tab in a busy standup makes fewer than 5 requests a second, and dragging cards without a pause makes 2 moves
 * a second. A person with 20 tabs therefore stays below all limits, and a script has to pause.
 */
export const rates: Record<Cost, Rate> = {
  read: { perSecond: 100, burst: 1_000 },
  write: { perSecond: 50, burst: 500 },
  heavy: { perSecond: 10, burst: 100 },
  large: { perSecond: 1, burst: 4 },
  file: { perSecond: 1, burst: 40 },
  page: { perSecond: 5, burst: 100 },
  signIn: { perSecond: 10, burst: 200 },
};

/** A browser opens at most 6 connections to a host; more requests in flight come from a script. Further ones wait. */
const atOnce = { running: Infinity, runningPerKey: 6, waitingPerKey: 200 };

/**
 * Heavy reads leave most of the pool's 10 connections to other requests, and those of one person leave a slot to
 * others. The main thread renders pages: more of them at the same time would only delay each other.
 */
const heavyAtOnce = { running: 3, runningPerKey: 2, waitingPerKey: 50 };
const largeAtOnce = { running: 2, runningPerKey: 1, waitingPerKey: 10 };
const filesAtOnce = { running: Infinity, runningPerKey: 2, waitingPerKey: 50 };
const pagesAtOnce = { running: 6, runningPerKey: 2, waitingPerKey: 50 };
/** Hashing a password occupies one of the 4 threads of the pool for files, DNS lookups and hashes, and 16 MiB. */
const signInsAtOnce = { running: 3, runningPerKey: 2, waitingPerKey: 100 };

/** Milliseconds for which the slot of a large request stays taken afterwards, to space out those of one person. */
const largePause = 200;

/** Delay of a refusal in milliseconds. Slows down a client that retries immediately, on each connection. */
const refuseDelayMs = 500;

/**
 * Takes a request from the budget. Resolves to a function that waits for a slot, which resolves to a function that
 * releases the slot. Both throw TooMany. The budget is checked before the body is read, so that no body is read in
 * vain.
 */
export type TakeRequest = (who: string, cost: Cost) => Promise<() => Promise<() => void>>;

/** Creates the request limits. `now`: milliseconds. */
export function requestLimits(now?: () => number): TakeRequest {
  const any = slots(atOnce);
  const limit = (cost: Cost, enter: Enter) => ({ take: tokenBuckets(rates[cost], now), enter });
  const limits: Record<Cost, ReturnType<typeof limit>> = {
    read: limit('read', any),
    write: limit('write', any),
    heavy: limit('heavy', slots(heavyAtOnce)),
    large: limit('large', pausing(slots(largeAtOnce), largePause)),
    file: limit('file', slots(filesAtOnce)),
    page: limit('page', slots(pagesAtOnce)),
    signIn: limit('signIn', slots(signInsAtOnce)),
  };
  const refuse = async (seconds: number): Promise<never> => {
    await setTimeout(refuseDelayMs);
    throw new TooMany(seconds);
  };
  return async (who, cost) => {
    const { take, enter } = limits[cost];
    const seconds = take(who);
    return seconds > 0 ? refuse(seconds) : () => enter(who) ?? refuse(0);
  };
}

/** Slots that are released this many milliseconds after their work is done. */
function pausing(enter: Enter, milliseconds: number): Enter {
  return (key) =>
    enter(key)?.then((leave) => () => void setTimeout(milliseconds, undefined, { ref: false }).then(leave)) ?? null;
}
