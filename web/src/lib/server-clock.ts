let offset = 0;
const listeners = new Set<() => void>();

/**
 * Learns the server's clock from an answer. The Date header counts whole seconds, so the offset lies between two
 * bounds. An offset outside of them is set to the lower one, so that it never leads to a future moment.
 */
export function learnServerTime(date: string | null, sent: number, received: number): void {
  const message = Date.parse(date ?? '');
  if (Number.isNaN(message)) return;
  const [least, most] = [message - received, message + 999 - sent];
  if (offset >= least && offset <= most) return;
  offset = least;
  for (const listener of listeners) listener();
}

/** Calls `then` whenever the offset changes, until the returned function is called. */
export function whenClockSet(then: () => void): () => void {
  listeners.add(then);
  return () => void listeners.delete(then);
}

/** The present moment by the server's clock, as far as it is known. */
export const serverNow = (): Date => new Date(Date.now() + offset);
