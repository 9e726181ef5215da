import { logError } from '#server/log.ts';
import type { RunningServer } from './start-server.ts';

/**
 * Closes the server and ends the process on SIGINT or SIGTERM. A database that does not answer does not block the exit.
 */
export function endOnSignal(server: Pick<RunningServer, 'close'>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(server));
}

async function end(server: Pick<RunningServer, 'close'>): Promise<void> {
  try {
    const finished = await server.close();
    if (!finished) console.error('eCoC Board stopped without the database, which did not answer in time.');
    process.exit(0);
  } catch (error) {
    logError('eCoC Board stopped, but not cleanly', error);
    process.exit(1);
  }
}
