import { createContext } from 'svelte';
import type { ChangedRecord, ChangesSince } from '#shared/contract/since.ts';
import { changedRecords, changeTotals, noChanges, withChanges, type Changes } from '#shared/domain/changes-since.ts';
import { call } from '#lib/api.ts';
import type { ColumnRows } from '../state/board-rows.ts';
import type { Board } from '../state/board.svelte.ts';

/** Interval at which a visible board reports how far it was seen, in milliseconds. */
const noteMs = 5 * 60_000;

/** What changed since a standup, a visit or a moment: a live overlay on the board. */
export class ChangesView {
  /** The requested comparison; null: the overlay is off. */
  asked = $state.raw<string | null>(null);
  /** The start of the comparison; null: not loaded yet, or there was no such standup or visit. */
  since = $state.raw<ChangesSince['since']>(null);
  exactFrom = $state.raw<ChangesSince['exactFrom']>(null);
  state = $state.raw<'loading' | 'ready' | 'failed'>('loading');
  onlyChanged = $state(false);
  listed = $state(false);
  #changes = $state.raw<Changes>(noChanges(0));
  readonly #board: Board;
  #asking = 0;
  #noted: Promise<unknown> = Promise.resolve();
  #stop: (() => void) | null = null;

  readonly records: ChangedRecord[] = $derived(changedRecords(this.#changes));
  readonly totals = $derived(changeTotals(this.#changes));

  constructor(board: Board) {
    this.#board = board;
  }

  get on(): boolean {
    return this.asked !== null && this.state === 'ready' && this.since !== null;
  }

  /** The changes of a record; undefined: it has none, or the overlay is off. */
  changeOf(record: string): ChangedRecord | undefined {
    return this.on ? this.#changes.records.get(record) : undefined;
  }

  /** Restricts a column to its changed cards, of those that are loaded, where only changes are shown. */
  narrowed(column: ColumnRows): ColumnRows {
    if (!this.on || !this.onlyChanged) return column;
    return { ...column, cards: column.cards.filter(({ id }) => this.changeOf(id)), next: null };
  }

  /** Selects another comparison; null turns the overlay off. */
  ask(from: string | null): void {
    if (from === this.asked && this.state !== 'failed') return;
    this.asked = from;
    this.#stop?.();
    this.#stop = null;
    if (from === null) this.onlyChanged = this.listed = false;
    else void this.#load(from);
  }

  /** Reports how far the board was seen, while it is visible, until the returned function is called. */
  run(): () => void {
    const note = () => void (this.#noted = this.#note());
    const looked = () => {
      if (document.visibilityState === 'visible') note();
    };
    note();
    const timer = setInterval(looked, noteMs);
    document.addEventListener('visibilitychange', note);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', note);
      this.#asking++;
      this.#stop?.();
      this.#stop = null;
      this.asked = null;
    };
  }

  async #note(): Promise<void> {
    const { scope, seq } = this.#board;
    try {
      await call('post /api/scopes/{scope}/visit', { params: { scope: scope.id }, body: { seq } });
    } catch {
      // The next report repeats it; other parts of the page show that the server is unreachable.
    }
  }

  async #load(from: string): Promise<void> {
    const asking = ++this.#asking;
    this.state = 'loading';
    try {
      await this.#noted;
      const ask = { params: { scope: this.#board.scope.id }, query: { from } };
      const { seq, records, since, exactFrom } = await call('get /api/scopes/{scope}/since', ask);
      if (asking !== this.#asking) return;
      this.#changes = { seq, records: new Map(records.toReversed().map((one) => [one.record.id, one])) };
      this.since = since;
      this.exactFrom = exactFrom;
      this.state = 'ready';
      this.#stop?.();
      this.#stop = this.#board.feed.listen(
        (event) => (this.#changes = withChanges(this.#changes, [event])),
        () => void this.#load(from),
        seq,
      );
    } catch {
      if (asking === this.#asking) this.state = 'failed';
    }
  }
}

export const [getChangesView, provideChangesView] = createContext<ChangesView>();
