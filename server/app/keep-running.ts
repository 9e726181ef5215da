import { logError } from '#server/log.ts';

/**
 * A safety net, not a fix: an unhandled rejection or an uncaught exception is a bug in the code that caused it. It is
 * logged, and the process continues to serve everybody else. The database holds the committed state; clients resend an
 * interrupted request.
 */
export function keepRunning(): void {
  process.on('unhandledRejection', (error) => logError('a rejection that nothing handled', error));
  process.on('uncaughtException', (error) => logError('an exception that nothing caught', error));
}
