import { logError } from '#server/log.ts';

const minute = 60_000;

/**
 * Does something now and once a minute, or every `interval` milliseconds, never twice at a time; `what` names it where
 * it fails. Answers with how to stop, which waits for the run under way.
 */
export function everyMinute(what: string, run: () => Promise<void>, interval = minute): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const next = () => {
    running = running.then(run).catch((error: unknown) => logError(what, error));
  };
  const timer = setInterval(next, interval);
  next();
  return () => {
    clearInterval(timer);
    return running;
  };
}
