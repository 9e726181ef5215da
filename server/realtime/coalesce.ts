/**
 * Runs `flush` for a key at once, then at most every `milliseconds` while it is asked for again. Where `flush` answers
 * true there is more: it runs again without being asked.
 */
export function coalesced(milliseconds: number, flush: (key: string) => boolean | void): (key: string) => void {
  const again = new Map<string, boolean>();
  const run = (key: string) => {
    again.set(key, flush(key) === true);
    setTimeout(() => (again.get(key) ? run(key) : again.delete(key)), milliseconds).unref();
  };
  return (key) => {
    if (again.has(key)) again.set(key, true);
    else run(key);
  };
}
