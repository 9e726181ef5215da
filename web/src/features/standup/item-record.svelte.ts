import type { BoardEvent, TrailEvent } from '#shared/contract/event.ts';
import type { RecordDetail } from '#shared/contract/record.ts';
import { call } from '#lib/api.ts';

/** Debounce of reloads, in milliseconds: several events of one operation cause one reload. */
const settleMs = 250;
/**
 * Delay before a record is loaded, in milliseconds, so that paging through the agenda does not load every record on the
 * way.
 */
const restMs = 60;
/** Maximum number of changes shown; the record's history has the rest. */
const changesShown = 6;

/** Number of cached records: paging back to a recent record is then immediate. */
const maxCachedDetails = 12;

/**
 * The requirements, blocking reasons and changes of the displayed record; its card is shown before these are loaded.
 */
export class ItemRecord {
  detail = $state.raw<RecordDetail | null>(null);
  /** Newest first; null: not loaded yet. */
  changes = $state.raw<readonly TrailEvent[] | null>(null);
  failed = $state(false);
  readonly #scope: string;
  readonly #since: number;
  readonly #kept = new Map<string, { detail: RecordDetail; changes: readonly TrailEvent[] }>();
  #record: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `since`: the event number after which changes count. */
  constructor(scope: string, since: number) {
    this.#scope = scope;
    this.#since = since;
  }

  show(record: string): void {
    if (record === this.#record) return;
    this.#record = record;
    const kept = this.#kept.get(record);
    this.detail = kept?.detail ?? null;
    this.changes = kept?.changes ?? null;
    this.failed = false;
    this.#lookIn(restMs);
  }

  /** Handles an event of the feed. */
  follow(event: BoardEvent): void {
    if (!event.record) return;
    if (event.record.id !== this.#record) this.#kept.delete(event.record.id);
    else this.#lookIn(settleMs);
  }

  /** Too much was missed: everything loaded may be stale. */
  renew = (): void => {
    this.#kept.clear();
    this.#lookIn(0);
  };

  close(): void {
    clearTimeout(this.#timer);
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), milliseconds);
  }

  async #look(): Promise<void> {
    const record = this.#record;
    if (!record) return;
    try {
      const [detail, { events }] = await Promise.all([
        call('get /api/records/{record}', { params: { record } }),
        call('get /api/scopes/{scope}/activity', { params: { scope: this.#scope }, query: { record } }),
      ]);
      const changes = events
        .filter(({ seq, kind }) => seq > this.#since && !kind.startsWith('standup.'))
        .slice(0, changesShown);
      this.#keep(record, { detail, changes });
      if (record !== this.#record) return;
      this.detail = detail;
      this.changes = changes;
      this.failed = false;
    } catch {
      if (record === this.#record) this.failed = true;
    }
  }

  #keep(record: string, read: { detail: RecordDetail; changes: readonly TrailEvent[] }): void {
    this.#kept.delete(record);
    this.#kept.set(record, read);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > maxCachedDetails && oldest) this.#kept.delete(oldest);
  }
}
