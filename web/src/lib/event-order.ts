import type { BoardEvent } from '#shared/contract/event.ts';

/** Puts the events of one scope in the order of their numbers, and knows when one is missing. */
export interface EventOrder {
  /** The number up to which nothing is missing. */
  readonly seq: number;
  /** Events wait for one before them: either it is late, or it was lost. */
  readonly missing: boolean;
  /** Takes an event as it arrived; answers those that are next in order, oldest first. Known ones are left out. */
  take(event: BoardEvent): BoardEvent[];
  /** Starts again at a number, earlier or later than the present one. Events that wait behind it are kept. */
  restart(seq: number): BoardEvent[];
}

export function eventOrder(start: number): EventOrder {
  let seq = start;
  const waiting = new Map<number, BoardEvent>();

  const release = (): BoardEvent[] => {
    const ready: BoardEvent[] = [];
    for (let next = waiting.get(seq + 1); next; next = waiting.get(seq + 1)) {
      waiting.delete(++seq);
      ready.push(next);
    }
    return ready;
  };

  return {
    get seq() {
      return seq;
    },
    get missing() {
      return waiting.size > 0;
    },
    take(event) {
      if (event.seq > seq) waiting.set(event.seq, event);
      return release();
    },
    restart(at) {
      seq = at;
      for (const waitingSeq of waiting.keys()) if (waitingSeq <= at) waiting.delete(waitingSeq);
      return release();
    },
  };
}
