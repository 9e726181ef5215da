import { logError } from '#server/log.ts';

/**
 * The last line, not the repair: a promise nobody awaits or a callback that throws is a fault of its own place and is
 * logged with it, but everybody else's work goes on. What is true is in the database; a request that was cut short is
 * sent again.
 */
export function keepRunning(): void {
  process.on('unhandledRejection', (error) => logError('a rejection that nothing handled', error));
  process.on('uncaughtException', (error) => logError('an exception that nothing caught', error));
}
