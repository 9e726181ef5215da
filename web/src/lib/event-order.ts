import type { BoardEvent } from '#shared/contract/event.ts';

/** Puts the events of one scope in the order of their numbers, and detects gaps. */
export interface EventOrder {
  /** The number up to which there is no gap. */
  readonly seq: number;
  /** Events wait for an earlier one, which is late or lost. */
  readonly missing: boolean;
  /** Takes an event as it arrives. Returns the events that are next in order, oldest first, without duplicates. */
  take(event: BoardEvent): BoardEvent[];
  /** Restarts at a number, earlier or later than the present one. Keeps events that wait after it. */
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
