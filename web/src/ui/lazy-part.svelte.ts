import { pageVersion } from '#lib/page-version.svelte.ts';

/** A part of the page that is fetched when somebody is about to need it. */
export class LazyPart<C> {
  part = $state.raw<C | null>(null);
  readonly #load: () => Promise<{ default: C }>;

  constructor(load: () => Promise<{ default: C }>) {
    this.#load = load;
  }

  /** It will be needed soon: a failure is said when it is. */
  expect(): void {
    void this.#load().catch(() => undefined);
  }

  /** Fetches it; false where it could not be fetched, which the page then says. */
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
