/**
 * Returns a function that runs `flush` for a key immediately, and coalesces further calls to at most one run every
 * `milliseconds`. If `flush` returns true there is more to do, and it runs again without another call.
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
