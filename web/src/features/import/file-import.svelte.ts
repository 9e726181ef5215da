import type { Import, ImportRow, ImportRowState } from '#shared/contract/import.ts';
import { call, ProblemError, Unreachable } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';

/** One file on its way: sent, read dry, looked at, applied. */
export class FileImport {
  readonly file: File;
  readonly #scope: string;
  view = $state.raw<Import | null>(null);
  rows = $state.raw<readonly ImportRow[]>([]);
  next = $state<number | null>(null);
  shown = $state<ImportRowState | 'all'>('all');
  trouble = $state<string | null>(null);
  #gone = false;

  constructor(scope: string, file: File) {
    this.#scope = scope;
    this.file = file;
  }

  async send(mapping?: string): Promise<void> {
    this.view = null;
    await this.#attempt(async () => {
      const query = { file: this.file.name, ...(mapping ? { mapping } : {}) };
      this.view = await call('post /api/scopes/{scope}/imports', {
        params: { scope: this.#scope },
        query,
        file: this.file,
      });
      await this.#watch();
    });
  }

  async apply(): Promise<void> {
    await this.#attempt(async () => {
      this.view = await call('post /api/imports/{import}/apply', { params: { import: this.view!.id } });
      await this.#watch();
    });
  }

  async show(state: ImportRowState | 'all'): Promise<void> {
    this.shown = state;
    this.rows = [];
    this.next = 0;
    await this.more();
  }

  async more(): Promise<void> {
    await this.#attempt(async () => {
      const query = { after: this.next ?? 0, ...(this.shown === 'all' ? {} : { state: this.shown }) };
      const answer = await call('get /api/imports/{import}/rows', { params: { import: this.view!.id }, query });
      this.rows = [...this.rows, ...answer.rows];
      this.next = answer.next;
    });
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
    if (this.view!.state !== 'unreadable')
      await this.show(this.view!.rows.bad > 0 && this.view!.state === 'checked' ? 'bad' : 'all');
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    this.trouble = null;
    try {
      await step();
    } catch (error) {
      if (error instanceof ProblemError) this.trouble = error.problem.detail;
      else if (error instanceof Unreachable) this.trouble = m.app_unreachable();
      else throw error;
    }
  }
}
