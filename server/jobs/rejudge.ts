import { logError } from '#server/log.ts';
import { setTimeout } from 'node:timers/promises';
import type { EventKind } from '#shared/contract/event.ts';
import type { Services } from '#server/commands/command.ts';
import { rejudgeRecords } from '#server/commands/judging/rejudge.ts';
import { markRecordsDue } from '#server/commands/judging/enqueue-due.ts';
import { markRecordsOutdated } from '#server/commands/judging/enqueue-outdated.ts';

/** In milliseconds: how often the date is asked, and what other processes left undone is taken up. */
const interval = 60_000;
/** Until somebody has finished with a record that is to be judged again. */
const busyPauseMs = 100;

const changesJudgements = new Set<EventKind>([
  'approval.registered',
  'approval.changed',
  'approval.withdrawn',
  'person.renamed',
  'rules.changed',
  'organisation.timeZoneSet',
]);

const system = { actor: null, operation: null };

export interface RejudgeJob {
  /** Begins at once where one of these facts makes records be judged again. */
  follow(kinds: readonly EventKind[]): void;
  /** Ends with the batch under way. */
  close(): Promise<void>;
}

/** Judges again what a change or the date made stale: after each change, at the start, and once a minute by the date. */
export function startRejudging(services: Services): RejudgeJob {
  const closing = new AbortController();
  let running: Promise<void> | null = null;
  let wanted = false;
  let dateWanted = false;
  let started = false;

  function begin(byDate: boolean): void {
    wanted = true;
    dateWanted ||= byDate;
    running ??= work().then(
      () => {
        running = null;
        if (wanted && !closing.signal.aborted) begin(false);
      },
      (error: unknown) => {
        // What is left is taken up within a minute.
        running = null;
        logError('judging records again', error);
      },
    );
  }

  async function work(): Promise<void> {
    if (!started) await markRecordsOutdated(services, system, undefined);
    started = true;
    while (wanted && !closing.signal.aborted) {
      wanted = false;
      const byDate = dateWanted;
      dateWanted = false;
      if (byDate) await markRecordsDue(services, system, undefined);
      await rejudgeQueued(services, closing.signal);
    }
  }

  const timer = setInterval(() => begin(true), interval);
  timer.unref();
  begin(true);
  return {
    follow: (kinds) => kinds.some((kind) => changesJudgements.has(kind)) && begin(false),
    close: async () => {
      clearInterval(timer);
      closing.abort();
      await running;
    },
  };
}

/** Judges again what waits for it, until nothing does. Several at once share the work. */
export async function rejudgeQueued(services: Services, signal?: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const { judged, held } = await rejudgeRecords(services, system, undefined);
    if (judged + held === 0) break;
    if (judged === 0) await setTimeout(busyPauseMs);
    total += judged;
  }
  return total;
}
