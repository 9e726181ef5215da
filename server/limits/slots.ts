interface Most {
  /** At the same time, all keys together. */
  running: number;
  /** At the same time, of one key. */
  runningPerKey: number;
  /** Waiting, of one key; one more is refused. */
  waitingPerKey: number;
}

interface Waiter {
  key: string;
  start: () => void;
}

/** Answers, once there is a free slot, with the function that gives it back; null: too many of this key wait already. */
export type Enter = (key: string) => Promise<() => void> | null;

/** A semaphore that one key cannot occupy alone: the first in the queue whose key has a slot left goes next. */
export function slots({ running: most, runningPerKey, waitingPerKey }: Most): Enter {
  const running = new Map<string, number>();
  const waiting: Waiter[] = [];
  let total = 0;
  const of = (key: string) => running.get(key) ?? 0;

  function take(key: string): () => void {
    total += 1;
    running.set(key, of(key) + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      total -= 1;
      if (of(key) === 1) running.delete(key);
      else running.set(key, of(key) - 1);
      next();
    };
  }

  function next(): void {
    while (total < most) {
      const at = waiting.findIndex(({ key }) => of(key) < runningPerKey);
      if (at < 0) return;
      waiting.splice(at, 1)[0]!.start();
    }
  }

  return (key) => {
    if (total < most && of(key) < runningPerKey) return Promise.resolve(take(key));
    if (waiting.filter((waiter) => waiter.key === key).length >= waitingPerKey) return null;
    return new Promise((resolve) => waiting.push({ key, start: () => resolve(take(key)) }));
  };
}
