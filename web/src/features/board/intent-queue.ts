import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError } from '#lib/api.ts';
import type { Intent } from './intents.ts';

interface Told {
  /** The queue as it is now, oldest first. */
  changed(intents: readonly Intent[], unreachable: boolean): void;
  done(intent: Intent, card: Card): void;
  /** The server said no; the intent and what was built on it have left the queue. */
  refused(intent: Intent, problem: Problem): void;
}

export interface IntentQueue {
  add(intent: Intent): void;
  /** The connection is back: what waits is sent at once. */
  resume(): void;
  close(): void;
}

const firstPause = 1_000;
const longestPause = 15_000;

/**
 * Sends what people want one after the other, because a later one may name a card that an earlier one placed. While the server
 * cannot be reached everything stays, and is sent again under its own operation id.
 */
export function intentQueue(send: (intent: Intent) => Promise<Card>, told: Told): IntentQueue {
  let intents: readonly Intent[] = [];
  let sending = false;
  let unreachable = false;
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: readonly Intent[]) => told.changed((intents = next), unreachable);

  async function sendNext(): Promise<void> {
    const [intent] = intents;
    if (!intent || sending) return;
    sending = true;
    clearTimeout(timer);
    try {
      const card = await send(intent);
      unreachable = false;
      pause = firstPause;
      told.done(intent, card);
      set(intents.slice(1));
    } catch (error) {
      if (error instanceof ProblemError) {
        unreachable = false;
        set(intents.filter((other) => other.card.id !== intent.card.id));
        told.refused(intent, error.problem);
      } else {
        unreachable = true;
        set(intents);
        timer = setTimeout(resume, pause);
        pause = Math.min(pause * 2, longestPause);
      }
    }
    sending = false;
    if (!unreachable) void sendNext();
  }

  function resume(): void {
    clearTimeout(timer);
    void sendNext();
  }

  return {
    add(intent) {
      set([...intents, intent]);
      if (!unreachable) void sendNext();
    },
    resume,
    close: () => clearTimeout(timer),
  };
}
