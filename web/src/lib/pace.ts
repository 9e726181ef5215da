/** Calls `say` at once, and then at most once in so many milliseconds; the last wish is always said. */
export function paceOf(milliseconds: number, say: () => void): { soon(): void; stop(): void } {
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    notBefore = performance.now() + milliseconds;
    say();
  };
  return {
    soon() {
      if (timer !== undefined) return;
      const wait = notBefore - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
