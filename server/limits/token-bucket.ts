/** `perSecond`: tokens refilled per second; `burst`: capacity, the tokens available after a pause. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Takes tokens and returns 0, or takes none and returns the seconds until enough are available. */
export type Take = (tokens?: number) => number;

/** A token bucket that starts full. `now`: milliseconds. */
export function tokenBucket({ perSecond, burst }: Rate, now: () => number = () => performance.now()): Take {
  let left = burst;
  let at = now();
  return (tokens = 1) => {
    const moment = now();
    left = Math.min(burst, left + ((moment - at) * perSecond) / 1_000);
    at = moment;
    if (left < tokens) return (tokens - left) / perSecond;
    left -= tokens;
    return 0;
  };
}

/** With more buckets than this, full ones are dropped: a full bucket is equivalent to a new one. */
const dropFullPast = 1_000;

/** One bucket per key, for example per person. */
export function tokenBuckets(rate: Rate, now: () => number = () => performance.now()) {
  const buckets = new Map<string, { take: Take; usedAt: number }>();
  const refill = (rate.burst / rate.perSecond) * 1_000;
  let dropAt = dropFullPast;

  function dropFull(moment: number): void {
    for (const [key, { usedAt }] of buckets) if (moment - usedAt >= refill) buckets.delete(key);
    // Scanning all buckets again is only worthwhile once there are many more.
    dropAt = Math.max(dropFullPast, buckets.size * 2);
  }

  return (key: string, tokens = 1): number => {
    const moment = now();
    let bucket = buckets.get(key);
    if (!bucket) {
      if (buckets.size >= dropAt) dropFull(moment);
      buckets.set(key, (bucket = { take: tokenBucket(rate, now), usedAt: moment }));
    }
    bucket.usedAt = moment;
    return bucket.take(tokens);
  };
}
