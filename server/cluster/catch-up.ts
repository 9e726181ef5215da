import { logError } from '#server/log.ts';
import { catchUpIntervalMs, type MessageBus } from './message-bus.ts';

type Look = () => Promise<void>;

/** Polls the database for changes that this process received no message about. */
export interface CatchUp {
  /** Runs `look` every two seconds while other processes share the database, and after a lost connection. */
  watch(what: string, look: Look): void;
  /** Runs `look` only after a lost connection, until it succeeds. */
  afterLoss(what: string, look: Look): void;
  /** Stops polling and waits for a running poll. */
  close(): Promise<void>;
}

/**
 * Messages of other processes may be lost, and a commit whose connection was lost may have taken effect without a
 * message. Polling finds both. A process that is alone and loses no connection never polls.
 */
export function startCatchUp(bus: MessageBus | null, onLost: ((then: () => void) => void) | undefined): CatchUp {
  const looks: { what: string; look: Look; always: boolean; owed: boolean; failed: boolean }[] = [];
  onLost?.(() => looks.forEach((one) => (one.owed = true)));

  async function runAll(): Promise<void> {
    const hasOthers = bus !== null && !bus.isAlone();
    for (const one of looks) {
      if (!one.owed && !(one.always && hasOthers)) continue;
      const owed = one.owed;
      one.owed = false;
      try {
        await one.look();
        one.failed = false;
      } catch (error) {
        one.owed ||= owed;
        // An outage is logged once.
        if (!one.failed) logError(one.what, error);
        one.failed = true;
      }
    }
  }

  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= runAll().finally(() => (looking = null));
  }, catchUpIntervalMs).unref();

  return {
    watch: (what, look) => void looks.push({ what, look, always: true, owed: false, failed: false }),
    afterLoss: (what, look) => void looks.push({ what, look, always: false, owed: false, failed: false }),
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
