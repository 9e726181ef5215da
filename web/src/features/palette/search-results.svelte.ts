import type { FoundRecord } from '#shared/contract/record.ts';
import { call } from '#lib/api.ts';

const pause = 150;
/** Minimum length of a query; a shorter one would match almost everything. */
const shortest = 3;

/** The records that match the query. Late answers are dropped, and the last list stays until the next one arrives. */
export class SearchResults {
  records = $state.raw<readonly FoundRecord[]>([]);
  looking = $state(false);
  failed = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  look(scope: string | undefined, typed: string): void {
    const text = typed.trim();
    clearTimeout(this.#timer);
    this.#asked = text;
    this.failed = false;
    this.looking = scope !== undefined && text.length >= shortest;
    if (!this.looking || !scope) {
      this.records = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(scope, text), pause);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#asked = '';
  }

  async #ask(scope: string, text: string): Promise<void> {
    const answer = await call('get /api/scopes/{scope}/search', { params: { scope }, query: { text } }).catch(
      () => null,
    );
    if (this.#asked !== text) return;
    this.looking = false;
    this.failed = answer === null;
    this.records = answer?.records ?? [];
  }
}
