/**
 * Failures before polling starts. A server that restarts refuses connections for a moment; more failures mean that
 * something blocks sockets.
 */
const failuresBefore = 4;
const everyMs = 4_000;

export interface FeedPolling {
  /** The socket failed to connect. */
  failed(): void;
  /** The socket is connected, or the feed is closed. */
  stop(): void;
}

/** Polls for events over HTTP while the socket cannot connect. `ask` returns whether the server was reached. */
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
