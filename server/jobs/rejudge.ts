import { logError } from '#server/log.ts';
import { setTimeout } from 'node:timers/promises';
import type { EventKind } from '#shared/contract/event.ts';
import type { Services } from '#server/commands/command.ts';
import { rejudgeRecords } from '#server/commands/judging/rejudge.ts';
import { markRecordsDue } from '#server/commands/judging/enqueue-due.ts';
import { markRecordsOutdated } from '#server/commands/judging/enqueue-outdated.ts';

/** Milliseconds between two checks of the date and of work that other processes left undone. */
const interval = 60_000;
/** Milliseconds to wait while somebody else has locked a record of the queue. */
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
  /** Starts a run if one of these events affects judgements. */
  follow(kinds: readonly EventKind[]): void;
  /** Stops after the current batch. */
  close(): Promise<void>;
}

/** Rejudges what a change or the date made stale: after each change, at startup, and once a minute for the date. */
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
        // The next run, within a minute, does the rest.
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

/** Rejudges records until the queue is empty. Returns how many. Concurrent runs share the work. */
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
