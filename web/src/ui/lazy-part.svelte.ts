import { pageVersion } from '#lib/page-version.svelte.ts';

/** A part of the page that loads shortly before it is needed. */
export class LazyPart<C> {
  part = $state.raw<C | null>(null);
  readonly #load: () => Promise<{ default: C }>;

  constructor(load: () => Promise<{ default: C }>) {
    this.#load = load;
  }

  /** Preloads the part. A failure is reported only when the part is needed. */
  expect(): void {
    void this.#load().catch(() => undefined);
  }

  /** Loads the part. Returns false where that failed; the page then reports it. */
  async need(): Promise<boolean> {
    try {
      this.part ??= (await this.#load()).default;
      pageVersion.missing = false;
      return true;
    } catch {
      void pageVersion.partMissing();
      return false;
    }
  }
}
