import { setTimeout } from 'node:timers/promises';
import type { EventKind } from '#shared/contract/event.ts';
import type { Services } from '#server/commands/command.ts';
import { renumberColumn } from '#server/commands/records/renumber-column.ts';
import { columnWithLongKeys, type ColumnOf, type Ranked } from '#server/db/ranks.ts';
import { logError } from '#server/log.ts';
import { everyMinute } from './every-minute.ts';

/**
 * Milliseconds to wait while somebody else has locked a card of the column, and the maximum number of such waits in a
 * row.
 */
const pause = 50;
const maxBusyTries = 100;
const system = { actor: null, operation: null };

/**
 * Renumbers the columns whose keys are too long, until none is left. A column that stays busy is left for the next run.
 */
export async function renumberColumns(services: Services, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const column = await columnWithLongKeys(services.db);
    if (!column || !(await renumberAll(services, column, signal))) return;
  }
}

async function renumberAll(services: Services, column: ColumnOf, signal?: AbortSignal): Promise<boolean> {
  let below: Ranked | null = null;
  for (let busy = 0; busy < maxBusyTries && !signal?.aborted;) {
    const done: Awaited<ReturnType<typeof renumberColumn>> = await renumberColumn(services, system, {
      ...column,
      below,
    });
    if (!done.busy && done.below === null) return true;
    busy = done.busy ? busy + 1 : 0;
    below = done.below;
    if (done.busy) await setTimeout(pause);
  }
  return false;
}

export interface RenumberingColumns {
  /** Starts a run if a move renumbered the cards around it. */
  follow(kinds: readonly EventKind[]): void;
  close(): Promise<void>;
}

/** Runs after each move that had to renumber cards, at startup, and once a minute. */
export function startRenumberingColumns(services: Services): RenumberingColumns {
  const closing = new AbortController();
  let running: Promise<void> | null = null;
  const run = () =>
    (running ??= renumberColumns(services, closing.signal).finally(() => {
      running = null;
    }));
  const stop = everyMinute('renumbering columns', run);
  return {
    follow: (kinds) => {
      if (!running && !closing.signal.aborted && kinds.includes('record.renumbered'))
        run().catch((error: unknown) => logError('renumbering columns', error));
    },
    close: async () => {
      closing.abort();
      await stop();
      await running;
    },
  };
}
