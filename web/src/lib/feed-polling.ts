/** A server that restarts refuses connections for a moment; one that never takes them is behind something that blocks. */
const failuresBefore = 4;
const everyMs = 4_000;

export interface FeedPolling {
  /** The socket could not connect, once more. */
  failed(): void;
  /** The socket is connected, or nobody listens any more. */
  stop(): void;
}

/** Asks by HTTP for what happened while the socket cannot connect. `ask` answers whether the server was reached. */
export function feedPolling(ask: () => Promise<boolean>, onReached: (reached: boolean) => void): FeedPolling {
  let failures = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const poll = async () => {
    const reached = await ask();
    if (timer !== undefined) onReached(reached);
  };
  return {
    failed() {
      if (++failures < failuresBefore || timer !== undefined) return;
      timer = setInterval(() => void poll(), everyMs);
      void poll();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      failures = 0;
    },
  };
}
