import type { TrailEvent } from '#shared/contract/event.ts';
import { call } from '#lib/api.ts';

export interface ActivityPage {
  events: TrailEvent[];
  next: number | null;
}

/** The trail of a scope, or of one of its records: newest first, older pages on demand, new events on top. */
export class Activity {
  events = $state.raw<TrailEvent[]>([]);
  next = $state.raw<number | null>(null);
  status = $state<'idle' | 'loading' | 'failed'>('idle');
  readonly #about: { scope: string; record?: string | undefined };

  constructor(about: { scope: string; record?: string | undefined }, first?: ActivityPage) {
    this.#about = about;
    if (first) this.#put(first);
  }

  /** Loads the newest page and discards what was loaded before. */
  load = (): Promise<void> => this.#read(undefined);
  more = (): Promise<void> => this.#read(this.next ?? undefined);

  /** Adds a new event of the feed. Ignores events of other records. */
  add(event: TrailEvent): void {
    const { record } = this.#about;
    if (record && event.record?.id !== record) return;
    if (this.events[0] && event.seq <= this.events[0].seq) return;
    this.events = [event, ...this.events];
  }

  async #read(before: number | undefined): Promise<void> {
    if (this.status === 'loading') return;
    this.status = 'loading';
    const { scope, record } = this.#about;
    try {
      const page = await call('get /api/scopes/{scope}/activity', { params: { scope }, query: { before, record } });
      if (before === undefined) this.events = [];
      this.#put(page);
      this.status = 'idle';
    } catch {
      this.status = 'failed';
    }
  }

  #put({ events, next }: ActivityPage): void {
    this.events = [...this.events, ...events];
    this.next = next;
  }
}
