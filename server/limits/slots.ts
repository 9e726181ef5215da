interface Most {
  /** Maximum running at the same time, over all keys. */
  running: number;
  /** Maximum running at the same time per key. */
  runningPerKey: number;
  /** Maximum waiting per key; further ones are refused. */
  waitingPerKey: number;
}

interface Waiter {
  key: string;
  start: () => void;
}

/** Resolves to a function that releases the slot once one is free; null: too many of this key are already waiting. */
export type Enter = (key: string) => Promise<() => void> | null;

/** A semaphore with a limit per key: the next waiter is the first in the queue whose key is below its limit. */
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
