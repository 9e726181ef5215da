/** With more keys than this, keys without a wait are dropped. */
const dropPast = 1_000;

/**
 * Spreads bursts. Returns a function that gives the milliseconds the next call of a key has to wait, so that calls of a
 * key are at least `every` milliseconds apart.
 */
export function paced(every: number, now: () => number = () => performance.now()): (key: string) => number {
  const free = new Map<string, number>();
  return (key) => {
    const moment = now();
    if (free.size > dropPast) for (const [other, at] of free) if (at <= moment) free.delete(other);
    const at = Math.max(moment, free.get(key) ?? 0);
    free.set(key, at + every);
    return at - moment;
  };
}
