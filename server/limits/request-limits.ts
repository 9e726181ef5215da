import { setTimeout } from 'node:timers/promises';
import { slots, type Enter } from './slots.ts';
import { tokenBuckets, type Rate } from './token-bucket.ts';
import { TooMany } from './too-many.ts';

/**
 * What a request costs: `heavy` reads or answers with a lot, `large` has a large body, `file` streams a file in,
 * `page` renders a page, `signIn` hashes a password.
 */
export type Cost = 'read' | 'write' | 'heavy' | 'large' | 'file' | 'page' | 'signIn';

/**
 * Per person, or per address without a session. Chosen from use: opening a board with its rail costs about 10 reads, a
 * tab in a busy standup asks for less than 5 a second, and somebody who drags without a pause makes 2 moves a second.
 * So a person with 20 tabs stays below all of these, and a script has to pause.
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

/** A browser has at most 6 connections to a host; more in flight at once is a script. Others wait for their turn. */
const atOnce = { running: Infinity, runningPerKey: 6, waitingPerKey: 200 };

/**
 * Heavy reads leave most of the pool's 10 connections to everything else, and one person's leave a slot to others. Pages
 * are rendered by the main thread: more at once would only make each of them later.
 */
const heavyAtOnce = { running: 3, runningPerKey: 2, waitingPerKey: 50 };
const largeAtOnce = { running: 2, runningPerKey: 1, waitingPerKey: 10 };
const filesAtOnce = { running: Infinity, runningPerKey: 2, waitingPerKey: 50 };
const pagesAtOnce = { running: 6, runningPerKey: 2, waitingPerKey: 50 };
/** Hashing a password takes one of the process's 4 threads for files, addresses and hashes, and 16 MiB. */
const signInsAtOnce = { running: 3, runningPerKey: 2, waitingPerKey: 100 };

/** In milliseconds: so long the slot of a large request stays taken after it, so that one person's do not come one right after the other. */
const largePause = 200;

/** In milliseconds: a client that asks again as soon as it is refused is slowed down by it, on each connection. */
const refuseDelayMs = 500;

/**
 * Takes a request within its budget. Answers with a function that waits for its turn; the one that answers with says that
 * the request is done. Both throw TooMany. The first reads nothing: a body is not read in vain.
 */
export type TakeRequest = (who: string, cost: Cost) => Promise<() => Promise<() => void>>;

/** `now`: milliseconds. */
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

/** Slots that are given back so many milliseconds after their work is done. */
function pausing(enter: Enter, milliseconds: number): Enter {
  return (key) =>
    enter(key)?.then((leave) => () => void setTimeout(milliseconds, undefined, { ref: false }).then(leave)) ?? null;
}
