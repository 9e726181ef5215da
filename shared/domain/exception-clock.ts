import type { RecordException, WaitingOn } from '#shared/contract/exception.ts';

/**
 * Which side an exception waits on and since when, and the whole seconds that each side took before. Moments are in
 * milliseconds.
 */
export interface ExceptionClock {
  waitingOn: WaitingOn;
  us: number;
  others: number;
  since: number;
}

/** The waiting time of each side at `now`, in whole seconds, including the current period. */
export function waitedBy({ waitingOn, since, ...before }: ExceptionClock, now: number): { us: number; others: number } {
  const turn = Math.max(0, Math.floor((now - since) / 1000));
  return { ...before, [waitingOn]: before[waitingOn] + turn };
}

/** The waiting time of an exception in its API form; the clock of a closed exception is stopped. */
export function waitedOn({ waitingOn, waited, closed }: RecordException, now: number): { us: number; others: number } {
  const { us, others, since } = waited;
  return closed ? { us, others } : waitedBy({ waitingOn, us, others, since: Date.parse(since) }, now);
}
