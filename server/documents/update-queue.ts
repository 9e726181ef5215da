import type { Subscriber } from './subscriber.ts';

/** An update on its way into a document. */
export interface QueuedUpdate {
  subscriber: Subscriber;
  update: Uint8Array;
}

/** Bytes of updates that are judged in one go: nothing else runs meanwhile. */
const runLimit = 128 * 1024;
/** Updates that wait for the database; who sends past it comes back later. */
const waitingLimit = 4 * 1024 * 1024;

/** What waits to be taken into a document, in the order it came. */
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
    /** The next ones, as many as are judged in one go, by who sent them. */
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
