import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Finding } from '#shared/contract/finding.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { baseCategory } from '#shared/domain/catalogue/catalogue.ts';
import type { Entry, Section } from '#shared/domain/catalogue/entry.ts';
import { nodesAt, setAt, textAt } from '#shared/domain/data-tree.ts';
import { categoryPath } from '#shared/domain/rules/entries.ts';
import { call } from '#lib/api.ts';
import { certificateEntries, certificateOf, isMandatory, tableHomes, type CertificateSection } from './certificate.ts';
import { DataDrafts } from './data-drafts.svelte.ts';
import { dataFindings } from './data-findings.ts';
import { answersTo } from './entry-words.ts';
import type { OpenRecord } from './open-record.svelte.ts';
import type { Refusal } from './refusal.ts';

/** `open`: missing or wrong; `asked`: those, the mandatory and the filled; `all`: whatever the certificate may hold. */
export type EntryFilter = 'open' | 'asked' | 'all';

/** The data of a record as one person looks at it: what they search for, what they typed, which rows they added. */
export class DataView {
  readonly drafts: DataDrafts;
  search = $state('');
  refusal = $state.raw<Refusal | null>(null);
  #filter = $state<EntryFilter>('asked');
  /** What was worked on since the filter was chosen stays in sight although it is right now. */
  readonly #touched = new SvelteSet<string>();
  readonly #offered = new SvelteMap<string, number>();
  readonly #record: OpenRecord;

  constructor(record: OpenRecord) {
    this.#record = record;
    this.drafts = new DataDrafts(record);
  }

  /** The data with everything typed, saved or not. */
  readonly typed: DataTree = $derived.by(() =>
    this.drafts.all().reduce((data, { path, text }) => setAt(data, path, text === '' ? null : text), this.#data),
  );
  readonly category = $derived.by(() => baseCategory(textAt(this.typed, categoryPath) ?? ''));
  readonly findings: ReadonlyMap<string, Finding[]> = $derived.by(() => dataFindings(this.typed, this.#record.detail));
  readonly entries: readonly Entry[] = $derived.by(() =>
    certificateEntries(this.category).filter((entry) => this.#isWanted(entry)),
  );
  readonly #homes = $derived.by(() => tableHomes(this.entries));
  readonly sections: readonly CertificateSection[] = $derived.by(() =>
    certificateOf(this.#data, this.entries, (table) => this.#offered.get(table) ?? 0),
  );

  get #data(): DataTree {
    return this.#record.detail.data;
  }

  get filter(): EntryFilter {
    return this.#filter;
  }

  set filter(filter: EntryFilter) {
    this.#touched.clear();
    this.#filter = filter;
  }

  mandatory(entry: Entry): boolean {
    return isMandatory(entry, this.category);
  }

  /** Entries of a section with something missing or wrong, whatever is shown of it. */
  openIn(section: Section): number {
    return certificateEntries(this.category).filter((entry) => entry.section === section && this.#isOpen(entry)).length;
  }

  get open(): number {
    return certificateEntries(this.category).filter((entry) => this.#isOpen(entry)).length;
  }

  touch(entry: string): void {
    this.#touched.add(entry);
  }

  /** Makes sure an entry is in sight, whatever is searched and filtered. */
  reveal(key: string): void {
    if (this.entries.some((entry) => entry.key === key)) return;
    this.search = '';
    if (!this.entries.some((entry) => entry.key === key)) this.filter = 'all';
  }

  /** Whether rows of this table are added and taken away where this entry stands. */
  isHome(table: string, entry: Entry): boolean {
    return this.#homes.get(table) === entry.key;
  }

  /** One more row below the last of `shown`. */
  addRow(table: string, shown: number): void {
    this.#offered.set(table, shown + 1);
  }

  /** A row that holds nothing only goes from the screen; one that the record holds is an edit. */
  async removeRow(row: string, shown: number): Promise<void> {
    const [held] = nodesAt(this.#data, row);
    this.drafts.dropUnder(row);
    this.refusal =
      held === undefined
        ? null
        : await this.#record.attempt(() =>
            call('post /api/records/{record}/edits', {
              params: { record: this.#record.id },
              body: { edits: [{ path: row, from: held, to: null }] },
            }),
          );
    if (!this.refusal) this.#offered.set(row.split('/').slice(0, -1).join('/'), shown - 1);
  }

  #isOpen(entry: Entry): boolean {
    return this.findings.has(entry.key);
  }

  #isWanted(entry: Entry): boolean {
    if (!answersTo(entry, this.search)) return false;
    if (this.#filter === 'all' || this.search.trim() !== '' || this.#touched.has(entry.key)) return true;
    if (this.#isOpen(entry)) return true;
    return this.#filter === 'asked' && (this.mandatory(entry) || nodesAt(this.#data, entry.path).length > 0);
  }
}
