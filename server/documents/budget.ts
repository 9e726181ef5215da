/** Lets `perSecond` things pass each second, and twice as many at once. */
export function budget(perSecond: number, now: () => number = () => performance.now()): () => boolean {
  let left = perSecond * 2;
  let at = now();
  return () => {
    const moment = now();
    left = Math.min(perSecond * 2, left + ((moment - at) / 1000) * perSecond);
    at = moment;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
