import type { Import, ImportRow, ImportRowState } from '#shared/contract/import.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { call, ProblemError, Unreachable } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';
import { rowStateKeys } from './row-states.ts';

/** The import of one file: upload, dry run, preview, apply. */
export class FileImport {
  readonly name: string;
  readonly #scope: string;
  /** Null for a file that was sent before the page was loaded: it cannot be sent again. */
  readonly #file: File | null;
  view = $state.raw<Import | null>(null);
  rows = $state.raw<readonly ImportRow[]>([]);
  next = $state<number | null>(null);
  /** The state whose rows are listed; null before anything is loaded. */
  shown = $state<ImportRowState | null>(null);
  reading = $state(false);
  /** Applying was requested and is not answered yet. */
  applying = $state(false);
  trouble = $state<string | null>(null);
  /** Retries what failed; null where a retry would not help. */
  again = $state.raw<(() => void) | null>(null);
  #mapping: string | undefined;
  #gone = false;

  constructor(scope: string, file: File | null, name = file?.name ?? '') {
    this.#scope = scope;
    this.#file = file;
    this.name = name;
  }

  /** Whether the file can be sent again with another mapping. */
  get sendable(): boolean {
    return this.#file !== null;
  }

  /** Loads the state of an earlier import. Returns false where it no longer exists. */
  async find(id: string): Promise<boolean> {
    try {
      this.view = await call('get /api/imports/{import}', { params: { import: id } });
    } catch (error) {
      if (error instanceof ProblemError) return false;
      this.trouble = m.app_unreachable();
      this.again = () => void this.find(id);
      return true;
    }
    this.trouble = this.again = null;
    await this.#attempt(() => this.#watch());
    return true;
  }

  async send(mapping?: string): Promise<void> {
    if (!this.#file) return;
    const file = this.#file;
    this.#mapping = mapping;
    this.view = null;
    this.shown = null;
    await this.#attempt(async () => {
      const query = { file: this.name, ...(mapping ? { mapping } : {}) };
      this.view = await call('post /api/scopes/{scope}/imports', {
        params: { scope: this.#scope },
        query,
        file,
      });
      await this.#watch();
    });
  }

  async apply(): Promise<void> {
    this.applying = true;
    await this.#attempt(async () => {
      this.view = await call('post /api/imports/{import}/apply', { params: { import: this.view!.id } });
      await this.#watch();
    });
    this.applying = false;
  }

  async show(state: ImportRowState): Promise<void> {
    this.shown = state;
    this.rows = [];
    this.next = null;
    await this.more();
  }

  async more(): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    this.reading = true;
    await this.#attempt(async () => {
      const query = { after: this.next ?? 0, state: shown };
      const answer = await call('get /api/imports/{import}/rows', { params: { import: this.view!.id }, query });
      // Another tab may have been selected in the meantime; a late answer is dropped.
      if (shown !== this.shown) return;
      this.rows = [...this.rows, ...answer.rows];
      this.next = answer.next;
    });
    if (shown === this.shown) this.reading = false;
  }

  /** The page was left; stops polling. */
  leave(): void {
    this.#gone = true;
  }

  async #watch(): Promise<void> {
    while (!this.#gone && (this.view!.state === 'checking' || this.view!.state === 'applying')) {
      await new Promise((resolve) => setTimeout(resolve, 700));
      this.view = await call('get /api/imports/{import}', { params: { import: this.view!.id } });
    }
    const { rows } = this.view!;
    const first = rows.created > 0 ? 'created' : rowStateKeys.find((state) => rows[state] > 0);
    if (first && !this.#gone) await this.show(first);
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    this.trouble = null;
    this.again = null;
    try {
      await step();
    } catch (error) {
      if (error instanceof ProblemError) this.trouble = problemDetail(error.problem);
      else if (error instanceof Unreachable) {
        this.trouble = m.app_unreachable();
        this.again = () => void this.#resume();
      } else throw error;
    }
  }

  /** Continues after a lost connection: sends the file, or loads the state of the import. */
  async #resume(): Promise<void> {
    const { view, shown } = this;
    if (!view) return this.send(this.#mapping);
    await this.#attempt(async () => {
      this.view = await call('get /api/imports/{import}', { params: { import: view.id } });
      if (this.view.state === view.state && shown) await this.more();
      else await this.#watch();
    });
  }
}
