import type { RecordException, WaitingOn } from '#shared/contract/exception.ts';

/** Whose turn it is since when, and the whole seconds each side had before that. Moments in milliseconds. */
export interface ExceptionClock {
  waitingOn: WaitingOn;
  us: number;
  others: number;
  since: number;
}

/** What each side has had by `now`: the turn that runs is added to its side, in whole seconds. */
export function waitedBy({ waitingOn, since, ...before }: ExceptionClock, now: number): { us: number; others: number } {
  const turn = Math.max(0, Math.floor((now - since) / 1000));
  return { ...before, [waitingOn]: before[waitingOn] + turn };
}

/** The same of an exception as people read it; the clock of a closed one stands. */
export function waitedOn({ waitingOn, waited, closed }: RecordException, now: number): { us: number; others: number } {
  const { us, others, since } = waited;
  return closed ? { us, others } : waitedBy({ waitingOn, us, others, since: Date.parse(since) }, now);
}
