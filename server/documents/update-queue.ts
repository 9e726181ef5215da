import type { Subscriber } from './subscriber.ts';

/** An update that waits to be applied to a document. */
export interface QueuedUpdate {
  subscriber: Subscriber;
  update: Uint8Array;
}

/** Maximum bytes of updates per run: judging a run blocks the main thread. */
const runLimit = 128 * 1024;
/** Maximum bytes of waiting updates. Subscribers that send more are disconnected and reconnect later. */
const waitingLimit = 4 * 1024 * 1024;

/** A queue of updates, in the order of arrival. */
export function updateQueue() {
  let waiting: QueuedUpdate[] = [];
  let bytes = 0;
  const wait = (updates: QueuedUpdate[]) => {
    waiting = updates;
    bytes = bytesOf(updates);
  };

  return {
    isEmpty: () => waiting.length === 0,
    isFull: () => bytes > waitingLimit,
    add(one: QueuedUpdate): void {
      waiting.push(one);
      bytes += one.update.byteLength;
    },
    /** Removes and returns the updates of the next run, by subscriber. */
    takeRun(): Map<Subscriber, QueuedUpdate[]> {
      let sum = 0;
      const past = waiting.findIndex(({ update }) => (sum += update.byteLength) > runLimit);
      const run = waiting.splice(0, past < 0 ? waiting.length : Math.max(1, past));
      bytes -= bytesOf(run);
      return Map.groupBy(run, ({ subscriber }) => subscriber);
    },
    putBack: (run: ReadonlyMap<Subscriber, QueuedUpdate[]>): void => wait([...run.values()].flat().concat(waiting)),
    drop: (subscriber: Subscriber): void => wait(waiting.filter((one) => one.subscriber !== subscriber)),
    clear: (): void => wait([]),
  };
}

const bytesOf = (waiting: readonly QueuedUpdate[]): number =>
  waiting.reduce((sum, { update }) => sum + update.byteLength, 0);
