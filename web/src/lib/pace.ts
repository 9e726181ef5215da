/**
 * Throttles `say`: calls it immediately, then at most once in this many milliseconds. The last request always leads to
 * a call.
 */
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
