import type { Import, ImportRow, ImportRowState } from '#shared/contract/import.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { call, ProblemError, Unreachable } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';
import { rowStateKeys } from './row-states.ts';

/** One file on its way: sent, read dry, looked at, applied. */
export class FileImport {
  readonly name: string;
  readonly #scope: string;
  /** Null for one that was sent before the page was loaded: it cannot be sent once more. */
  readonly #file: File | null;
  view = $state.raw<Import | null>(null);
  rows = $state.raw<readonly ImportRow[]>([]);
  next = $state<number | null>(null);
  /** Which rows are listed; null before anything is known of them. */
  shown = $state<ImportRowState | null>(null);
  reading = $state(false);
  /** Creating was asked for and not answered yet. */
  applying = $state(false);
  trouble = $state<string | null>(null);
  /** Tries once more what failed; null where that would not help. */
  again = $state.raw<(() => void) | null>(null);
  #mapping: string | undefined;
  #gone = false;

  constructor(scope: string, file: File | null, name = file?.name ?? '') {
    this.#scope = scope;
    this.#file = file;
    this.name = name;
  }

  /** Whether its file can be read again through another mapping. */
  get sendable(): boolean {
    return this.#file !== null;
  }

  /** Looks what became of an import that was sent before. False: it is there no more. */
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
      // Meanwhile another tab may have been chosen: what comes late belongs to none.
      if (shown !== this.shown) return;
      this.rows = [...this.rows, ...answer.rows];
      this.next = answer.next;
    });
    if (shown === this.shown) this.reading = false;
  }

  /** The screen was left: nobody looks any more. */
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

  /** Goes on where the connection was lost: sends the file, or looks what became of it. */
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
