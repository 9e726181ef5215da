let offset = 0;
const listeners = new Set<() => void>();

/**
 * What an answer of the server says about its clock. The Date header counts whole seconds, so the truth lies between two
 * bounds; a clock of this machine that runs outside them is set to the lower one, never to a moment that is still to come.
 */
export function learnServerTime(date: string | null, sent: number, received: number): void {
  const message = Date.parse(date ?? '');
  if (Number.isNaN(message)) return;
  const [least, most] = [message - received, message + 999 - sent];
  if (offset >= least && offset <= most) return;
  offset = least;
  for (const listener of listeners) listener();
}

/** Calls `then` when another offset is learnt, until the answered function is called. */
export function whenClockSet(then: () => void): () => void {
  listeners.add(then);
  return () => void listeners.delete(then);
}

/** The moment, by the server's clock as far as it is known. */
export const serverNow = (): Date => new Date(Date.now() + offset);
