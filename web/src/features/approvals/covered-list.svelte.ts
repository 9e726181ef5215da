import { call, type Answer } from '#lib/api.ts';
import { loadErrorText } from '#lib/problem-fields.ts';

type Page = Answer<'get /api/approvals/{approval}/records'>;

/** Poll interval while records are still being rejudged, in milliseconds. */
const lookMs = 1000;

/** The covered records of one approval; reloaded while they are being rejudged. */
export class CoveredList {
  records = $state.raw<Page['records']>([]);
  waiting = $state(0);
  next = $state<string | null>(null);
  onlyFallen = $state(false);
  loading = $state(true);
  trouble = $state<string | null>(null);
  readonly #approval: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(approval: string) {
    this.#approval = approval;
  }

  /** Loads the list from the beginning. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const requested = this.onlyFallen;
    await this.#attempt(async () => {
      const page = await this.#read(undefined);
      if (requested !== this.onlyFallen) return;
      this.records = page.records;
      this.next = page.next;
      this.waiting = page.waiting;
    });
    this.loading = false;
    if (this.waiting > 0 && !this.#closed) this.#timer = setTimeout(() => void this.look(), lookMs);
  }

  async more(): Promise<void> {
    const from = this.next;
    if (from === null) return;
    await this.#attempt(async () => {
      const page = await this.#read(from);
      const loadedIds = new Set(this.records.map(({ card }) => card.id));
      this.records = [...this.records, ...page.records.filter(({ card }) => !loadedIds.has(card.id))];
      this.next = page.next;
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #read(after: string | undefined): Promise<Page> {
    const query = { ...(this.onlyFallen ? { fallen: true } : {}), ...(after ? { after } : {}) };
    return call('get /api/approvals/{approval}/records', { params: { approval: this.#approval }, query });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.trouble = null;
    } catch (error) {
      this.trouble = loadErrorText(error);
    }
  }
}
