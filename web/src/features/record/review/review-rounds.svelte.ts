import { SvelteMap } from 'svelte/reactivity';
import type { ReturnReason, Review } from '#shared/contract/record.ts';
import type { RevisionChange } from '#shared/contract/revision.ts';
import { entries } from '#shared/domain/catalogue/catalogue.ts';
import { call } from '#lib/api.ts';
import { entryAt } from '../certificate/certificate.ts';
import type { OpenRecord } from '../state/open-record.svelte.ts';

/** The changes since a revision: loaded, loading or failed. */
export type Comparison = readonly RevisionChange[] | 'loading' | 'failed';

/** The reviews of a record, and the changes since each of them; a comparison is loaded when it is first needed. */
export class ReviewRounds {
  readonly #record: OpenRecord;
  readonly #known = new SvelteMap<string, Comparison>();

  constructor(record: OpenRecord) {
    this.#record = record;
  }

  get newest(): Review | undefined {
    return this.#record.detail.reviews[0];
  }

  get earlier(): readonly Review[] {
    return this.#record.detail.reviews.slice(1);
  }

  /** The changes between the data of a review and the present data. */
  since(review: Review): Comparison {
    const { revision } = this.#record.detail;
    if (review.revision === revision) return [];
    return this.#known.get(keyOf(review.revision, revision)) ?? 'loading';
  }

  /** Loads the comparison that `since` returns. */
  async need(review: Review): Promise<void> {
    const { revision } = this.#record.detail;
    const key = keyOf(review.revision, revision);
    const cached = this.#known.get(key);
    if (review.revision === revision || (cached && cached !== 'failed')) return;
    this.#known.set(key, 'loading');
    try {
      const ask = { params: { record: this.#record.id }, query: { from: review.revision, to: revision } };
      this.#known.set(key, (await call('get /api/records/{record}/comparison', ask)).changes);
    } catch {
      this.#known.set(key, 'failed');
    }
  }

  /**
   * Whether the entry of a return reason changed since; null: the reason names no entry, or the comparison is not
   * loaded.
   */
  mended({ entry }: ReturnReason, review: Review): boolean | null {
    const changes = this.since(review);
    if (entry === null || typeof changes === 'string') return null;
    return changes.some(({ path }) => entryAt(path, entries)?.key === entry);
  }
}

const keyOf = (from: number, to: number) => `${from} ${to}`;
