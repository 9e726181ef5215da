import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { isOfSession, ProblemError, Unreachable } from '#lib/api.ts';
import type { BoardIntent } from './intents.ts';

/** Why nothing is sent now; null: pending intents are being sent. */
export type QueueHold = 'unreachable' | 'signed-out' | null;

interface QueueListener {
  /** The queue as it is now, oldest first. */
  changed(intents: readonly BoardIntent[], hold: QueueHold): void;
  done(intent: BoardIntent, card: Card): void;
  /** The server decided against it; the intent and those that depend on it have left the queue. */
  refused(intent: BoardIntent, problem: Problem): void;
}

export interface IntentQueue {
  add(intent: BoardIntent): void;
  /** The connection may be back: sends pending intents immediately, or after the delay the server requested. */
  resume(): void;
  close(): void;
}

const firstPauseMs = 1_000;
const maxPauseMs = 15_000;
/** Upper limit for the delay a server requests, in milliseconds. */
const maxRetryAfterMs = 600_000;

/**
 * Sends intents one after the other, because a later one may reference a card that an earlier one placed. Only a
 * decision of the server removes an intent. While there is none, because the server is unreachable or the person is
 * signed out, all intents stay and are sent again under their own operation ids.
 */
export function intentQueue(send: (intent: BoardIntent) => Promise<Card>, listener: QueueListener): IntentQueue {
  let intents: readonly BoardIntent[] = [];
  let sending = false;
  let hold: QueueHold = null;
  let pauseMs = firstPauseMs;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: readonly BoardIntent[]) => listener.changed((intents = next), hold);

  async function sendNext(): Promise<void> {
    const [intent] = intents;
    if (!intent || sending) return;
    sending = true;
    clearTimeout(timer);
    const outcome = await send(intent).then(
      (card) => ({ card }),
      (error: unknown) => ({ error }),
    );
    sending = false;
    if ('card' in outcome) {
      proceed();
      guarded(() => listener.done(intent, outcome.card));
      set(intents.filter((other) => other !== intent));
    } else if (outcome.error instanceof ProblemError && !isOfSession(outcome.error.problem)) {
      const { problem } = outcome.error;
      proceed();
      set(intents.filter((other) => other.card.id !== intent.card.id));
      guarded(() => listener.refused(intent, problem));
    } else wait(outcome.error);
    if (!hold) void sendNext();
  }

  function proceed(): void {
    hold = null;
    pauseMs = firstPauseMs;
    notBefore = 0;
  }

  function wait(error: unknown): void {
    const signedOut = error instanceof ProblemError;
    if (!signedOut && !(error instanceof Unreachable)) console.error(error);
    hold = signedOut ? 'signed-out' : 'unreachable';
    const retryAfterMs = error instanceof Unreachable ? Math.min(error.retryAfterMs ?? 0, maxRetryAfterMs) : 0;
    notBefore = Date.now() + retryAfterMs;
    timer = setTimeout(resume, Math.max(signedOut ? maxPauseMs : pauseMs, retryAfterMs));
    pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    set(intents);
  }

  function resume(): void {
    if (Date.now() < notBefore) return;
    clearTimeout(timer);
    void sendNext();
  }

  return {
    add(intent) {
      set([...intents, intent]);
      if (!hold) void sendNext();
    },
    resume,
    close: () => clearTimeout(timer),
  };
}

/**
 * An error in the page's own handling of an answer does not concern the server: it is logged and the queue continues.
 */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error(error);
  }
}
