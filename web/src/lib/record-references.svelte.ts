import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { call } from './api.ts';

const atOnce = 50;

/** Resolves the record references in the comments of a scope; requested in batches, each once. */
export class RecordReferences {
  readonly scope: string;
  readonly prefix: string;
  /** Null: there is no such record. */
  readonly #found = new SvelteMap<string, string | null>();
  #wanted = new Set<string>();

  constructor({ id, prefix }: { id: string; prefix: string }) {
    this.scope = id;
    this.prefix = prefix;
  }

  /** Undefined while it is unknown. */
  idOf(reference: string): string | null | undefined {
    return this.#found.get(reference);
  }

  want(references: readonly string[]): void {
    const before = this.#wanted.size;
    for (const one of references) if (!this.#found.has(one)) this.#wanted.add(one);
    if (before === 0 && this.#wanted.size > 0) queueMicrotask(() => void this.#ask());
  }

  async #ask(): Promise<void> {
    const requested = [...this.#wanted].slice(0, atOnce);
    try {
      const query = { names: requested.join(',') };
      const { records } = await call('get /api/scopes/{scope}/references', { params: { scope: this.scope }, query });
      for (const one of requested) this.#found.set(one, records.find(({ reference }) => reference === one)?.id ?? null);
      for (const one of requested) this.#wanted.delete(one);
      if (this.#wanted.size > 0) await this.#ask();
    } catch {
      // They stay plain text; the next comment that references a record requests them again.
      this.#wanted.clear();
    }
  }
}

const [referencesHere, provideReferences] = createContext<RecordReferences>();
export { provideReferences };

/** Null where no scope provides them. */
export function getReferences(): RecordReferences | null {
  try {
    return referencesHere();
  } catch {
    return null;
  }
}
