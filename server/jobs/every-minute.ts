import { logError } from '#server/log.ts';

const minute = 60_000;

/**
 * Runs a function now and once a minute, or every `interval` milliseconds, never two runs at the same time; `what`
 * names it in the log if it fails. Returns a stop function that waits for the current run.
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
