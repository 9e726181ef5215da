import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { textAt } from '#shared/domain/data-tree.ts';
import { call } from '#lib/api.ts';
import { saveDrafts, savedDrafts } from '#lib/draft-storage.ts';
import type { OpenRecord } from '../state/open-record.svelte.ts';
import type { RequestRefusal } from '../state/refusal.ts';

/** A text typed into an entry that the record does not hold yet. It is kept even where it is invalid. */
export interface EntryDraft {
  text: string;
  /** The value when typing began; null: the entry was empty. */
  seen: string | null;
  state: 'typing' | 'saving' | 'failed';
  refusal: RequestRefusal | null;
  /** Operation id of this draft, so that a retry after a lost answer is idempotent. */
  operation: string;
}

const savedMs = 2500;

/** The drafts of one person in one record, by the path of the entry. */
export class DataDrafts {
  readonly #drafts = new SvelteMap<string, EntryDraft>();
  readonly #saved = new SvelteSet<string>();
  readonly #record: OpenRecord;
  #kept = true;

  constructor(record: OpenRecord) {
    this.#record = record;
  }

  at(path: string): EntryDraft | undefined {
    return this.#drafts.get(path);
  }

  all(): { path: string; text: string }[] {
    return [...this.#drafts].map(([path, { text }]) => ({ path, text }));
  }

  justSaved(path: string): boolean {
    return this.#saved.has(path);
  }

  /** Leaving the page would lose text: this browser could not store it, and it is not being sent. */
  get unsaved(): boolean {
    return !this.#kept && [...this.#drafts.values()].some(({ state }) => state !== 'saving');
  }

  /** Restores drafts from before a reload. A text that the record holds by now is no longer a draft. */
  recall(): void {
    const kept = savedDrafts(this.#record.actor.id, this.#record.id);
    for (const [path, { text, seen }] of Object.entries(kept)) {
      if (this.#held(path) === (text === '' ? null : text) || this.#drafts.has(path)) continue;
      this.#put(path, { text, seen, state: 'failed', refusal: null, operation: crypto.randomUUID() });
    }
    this.#keep();
  }

  /**
   * The value of somebody else, where it changed during typing. Its `theirs` is null where the entry is empty now.
   * Returns null where there is no conflict.
   */
  conflict(path: string): { theirs: string | null } | null {
    const draft = this.#drafts.get(path);
    if (!draft || draft.state === 'saving') return null;
    const theirs = this.#held(path);
    return theirs === draft.seen ? null : { theirs };
  }

  type(path: string, text: string): void {
    const draft = this.#drafts.get(path) ?? { seen: this.#held(path) };
    this.#put(path, { ...draft, text, state: 'typing', refusal: null, operation: crypto.randomUUID() });
  }

  restore(path: string): void {
    this.#drop(path);
  }

  /** Discards the drafts of these paths, after other values replaced them. */
  dropAt(paths: Iterable<string>): void {
    for (const path of paths) this.#drop(path);
  }

  /** Discards the drafts of a removed row. */
  dropUnder(row: string): void {
    for (const path of this.#drafts.keys()) if (path.startsWith(`${row}/`)) this.#drop(path);
  }

  /** Saves a draft, based on the value when typing began. On a conflict the person decides first. */
  async save(path: string): Promise<void> {
    const draft = this.#drafts.get(path);
    if (!draft || draft.state === 'saving') return;
    const to = draft.text === '' ? null : draft.text;
    if (to === this.#held(path)) return this.restore(path);
    if (this.conflict(path)) return;
    this.#put(path, { ...draft, state: 'saving', refusal: null });
    const edit = { path, from: draft.seen, to };
    const refusal = await this.#record.attempt(async () => {
      const answer = await call('post /api/records/{record}/edits', {
        params: { record: this.#record.id },
        body: { edits: [edit] },
        operation: draft.operation,
      });
      this.#record.put(edit, answer.revision);
      return answer;
    });
    const now = this.#drafts.get(path);
    if (refusal) {
      // A stale draft shows as a conflict, because the record was reloaded.
      if (now?.operation === draft.operation)
        this.#put(path, { ...now, state: 'failed', refusal: refusal.kind === 'stale' ? null : refusal });
      return;
    }
    if (now?.operation === draft.operation) this.#drop(path);
    else if (now) this.#put(path, { ...now, seen: to });
    this.#saved.add(path);
    setTimeout(() => this.#saved.delete(path), savedMs);
  }

  /** Resolves a conflict: the typed value replaces the other one. */
  async keepOwn(path: string): Promise<void> {
    const draft = this.#drafts.get(path);
    if (!draft) return;
    this.#put(path, { ...draft, seen: this.#held(path), operation: crypto.randomUUID() });
    await this.save(path);
  }

  #put(path: string, draft: EntryDraft): void {
    this.#drafts.set(path, draft);
    this.#keep();
  }

  #drop(path: string): void {
    if (this.#drafts.delete(path)) this.#keep();
  }

  #keep(): void {
    const drafts = Object.fromEntries([...this.#drafts].map(([path, { text, seen }]) => [path, { text, seen }]));
    this.#kept = saveDrafts(this.#record.actor.id, this.#record.id, drafts);
  }

  #held(path: string): string | null {
    return textAt(this.#record.detail.data, path) ?? null;
  }
}
