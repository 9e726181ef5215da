/** Answers whether one more is within so many a second; a short burst of as many is. `now`: milliseconds. */
export function paced(perSecond: number, now: () => number = () => performance.now()): () => boolean {
  let left = perSecond;
  let at = now();
  return () => {
    const moment = now();
    left = Math.min(perSecond, left + ((moment - at) * perSecond) / 1_000);
    at = moment;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
