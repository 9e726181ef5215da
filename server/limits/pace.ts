/** Past this many keys those without a wait are dropped. */
const dropPast = 1_000;

/**
 * Spreads what comes at once: answers with the milliseconds that one more of a key has to wait, so that they follow each
 * other at least `every` milliseconds apart.
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
