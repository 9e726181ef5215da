import type { ScopeWorkloads, Workload } from '#shared/contract/workload.ts';
import { call } from '#lib/api.ts';
import type { Feed } from '#lib/feed.svelte.ts';
import { isShort, withEvent } from './workloads.ts';

/** Delays before an incomplete or failed list is reloaded, in milliseconds. */
const pause = 600;
const longerPause = 5_000;

/** The workload of each person in a scope, live. */
export class Workloads {
  /** Null until it is loaded. */
  handing = $state.raw<ScopeWorkloads | null>(null);
  failed = $state(false);
  readonly #feed: Feed;
  readonly #today: () => string;
  #stop: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  /** `today` returns the present day in the organisation. */
  constructor(feed: Feed, today: () => string) {
    this.#feed = feed;
    this.#today = today;
  }

  of(person: string): Workload | undefined {
    return this.handing?.loads.find((load) => load.person === person);
  }

  /** Loads and follows the workloads until the returned function is called. */
  run(): () => void {
    this.#running = true;
    void this.read();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      this.#stop?.();
    };
  }

  /** Reloads: at the start, after a gap, on another day, or where the events are not sufficient. */
  async read(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const workloads = await call('get /api/scopes/{scope}/handing', { params: { scope: this.#feed.scope } });
      if (!this.#running) return;
      this.handing = workloads;
      this.failed = false;
      this.#stop?.();
      this.#stop = this.#feed.listen(
        (event) => {
          this.handing = withEvent(this.handing ?? workloads, event, this.#today());
          if (event.kind === 'duties.changed' || isShort(this.handing)) this.#soon(pause);
        },
        () => void this.read(),
        workloads.seq,
      );
    } catch {
      this.failed = true;
      this.#soon(longerPause);
    }
  }

  #soon(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#running) this.#timer = setTimeout(() => void this.read(), milliseconds);
  }
}
