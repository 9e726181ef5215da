import type { EventKind } from '#shared/contract/event.ts';
import type { Services } from '#server/commands/command.ts';
import { handOverDeparted } from '#server/commands/people/hand-over-departed.ts';
import { finishDeparture } from '#server/commands/people/finish-departure.ts';
import { openDepartures, recordsHeldBy } from '#server/db/departures.ts';
import { logError } from '#server/log.ts';
import { everyMinute } from './every-minute.ts';

const atOnce = 200;
const system = { actor: null, operation: null };

/**
 * Hands over the open work of people who left a scope, record by record, so that thousands of records block nobody. A
 * failure is retried by the next run and does not block the others. Throws the first failure.
 */
export async function handOverAllFormerMembers(services: Services, signal?: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const left of await openDepartures(services.db, atOnce)) {
    const input = { scope: left.scopeId, person: left.personId };
    const failed = failures.length;
    let batch: string[];
    let after: string | null = null;
    do {
      batch = await recordsHeldBy(services.db, left, after, atOnce);
      for (const record of batch) {
        if (signal?.aborted) return;
        await handOverDeparted(services, system, { ...input, record }).catch((error: unknown) => failures.push(error));
      }
      after = batch.at(-1) ?? null;
    } while (batch.length === atOnce);
    if (failures.length === failed) await finishDeparture(services, system, { ...input, at: left.at });
  }
  if (failures.length > 0) throw failures[0];
}

export interface HandOverJob {
  /** Starts a run if one of these events may mean that somebody left a scope. */
  follow(kinds: readonly EventKind[]): void;
  close(): Promise<void>;
}

/** Runs after each change of duties, at startup, and once a minute. */
export function startHandOverJob(services: Services): HandOverJob {
  const closing = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = () => (running = running.catch(() => {}).then(() => handOverAllFormerMembers(services, closing.signal)));
  const stop = everyMinute('handing over the work of former members', run);
  return {
    follow: (kinds) => {
      if (!closing.signal.aborted && kinds.includes('duties.changed'))
        run().catch((error: unknown) => logError('handing over the work of former members', error));
    },
    close: async () => {
      closing.abort();
      await stop();
      await running.catch(() => {});
    },
  };
}
