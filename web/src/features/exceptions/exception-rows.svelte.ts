import type { ExceptionFilter, ExceptionsAct, ScopeException, SeenException } from '#shared/contract/exception.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { call, ProblemError } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';

interface Page {
  exceptions: readonly ScopeException[];
  next: string | null;
}

/** The list as far as it is loaded, the selection, and the outcome of the last bulk operation. */
export class ExceptionRows {
  rows = $state.raw<readonly ScopeException[]>([]);
  next = $state.raw<string | null>(null);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  busy = $state(false);
  outcome = $state<string | null>(null);
  readonly #scope: string;

  constructor(scope: string) {
    this.#scope = scope;
  }

  put({ exceptions, next }: Page): void {
    this.rows = exceptions;
    this.next = next;
    const loadedIds = new Set(exceptions.map(({ id }) => id));
    this.selected = new Set([...this.selected].filter((id) => loadedIds.has(id)));
  }

  select(ids: readonly string[], on: boolean): void {
    const selected = new Set(this.selected);
    for (const id of ids)
      if (on) selected.add(id);
      else selected.delete(id);
    this.selected = selected;
  }

  async more(filter: ExceptionFilter): Promise<void> {
    if (!this.next) return;
    await this.#attempt(async () => {
      const query = { ...filter, after: this.next! };
      const page = await call('get /api/scopes/{scope}/exceptions', { params: { scope: this.#scope }, query });
      this.rows = [...this.rows, ...page.exceptions];
      this.next = page.next;
    });
  }

  async act(act: ExceptionsAct): Promise<void> {
    await this.#attempt(async () => {
      const { results } = await call('post /api/scopes/{scope}/exceptions/changes', {
        params: { scope: this.#scope },
        body: { exceptions: this.#seen(act), act },
      });
      const refused = results.filter(({ ok }) => !ok);
      const done = results.length - refused.length;
      const why = [...new Set(refused.map(({ problem }) => (problem ? problemDetail(problem) : '')))].join(' ');
      this.selected = new Set(refused.map(({ exception }) => exception));
      this.outcome = refused.length
        ? m.exception_bulk_refused({ done, count: refused.length, why })
        : m.exception_bulk_done({ count: done });
    });
  }

  /** The selected exceptions, as this page shows them. */
  #seen({ kind }: ExceptionsAct): SeenException[] {
    return this.rows
      .filter(({ id }) => this.selected.has(id))
      .map((row) => (kind === 'close' ? { exception: row.id } : { exception: row.id, from: row[kind] }));
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.outcome = null;
    try {
      await work();
    } catch (error) {
      this.outcome = error instanceof ProblemError ? problemDetail(error.problem) : m.exception_failed();
    }
    this.busy = false;
  }
}
