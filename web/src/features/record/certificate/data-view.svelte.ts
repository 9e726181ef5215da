import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Finding } from '#shared/contract/finding.ts';
import type { DataEdit, DataNode, DataTree } from '#shared/contract/record.ts';
import { baseCategory } from '#shared/domain/catalogue/catalogue.ts';
import type { EntryObligation } from '#shared/domain/catalogue/called-for.ts';
import type { Entry, Section } from '#shared/domain/catalogue/entry.ts';
import { nodesAt, setAt, textAt } from '#shared/domain/data-tree.ts';
import { categoryPath } from '#shared/domain/rules/entries.ts';
import { todayIn } from '#lib/today.ts';
import { call } from '#lib/api.ts';
import {
  callOf,
  certificateEntries,
  certificateOf,
  type Beside,
  type Block,
  type CertificateSection,
  type Field,
} from './certificate.ts';
import { DataDrafts } from './data-drafts.svelte.ts';
import { dataFindings } from './data-findings.ts';
import type { CellPosition } from './entry-grid.ts';
import { answersTo } from './entry-labels.ts';
import type { OpenRecord } from '../state/open-record.svelte.ts';
import { placePaste, type PastedValue } from './paste-table.ts';
import type { RequestRefusal } from '../state/refusal.ts';

/**
 * `open`: missing or invalid entries; `called`: also required and filled ones; `all`: everything the certificate may
 * contain.
 */
export type EntryFilter = 'open' | 'called' | 'all';

/** One person's view of a record's data: search, drafts, added rows. */
export class DataView {
  readonly drafts: DataDrafts;
  search = $state('');
  refusal = $state.raw<RequestRefusal | null>(null);
  /** A pasted table: previewed before it is sent. */
  pasting = $state.raw<{ cells: string[][]; block: Block; at: CellPosition } | null>(null);
  #filter = $state<EntryFilter>('called');
  /** Entries edited since the filter was selected stay visible although they are valid now. */
  readonly #touched = new SvelteSet<string>();
  readonly #offered = new SvelteMap<string, number>();
  readonly #record: OpenRecord;

  constructor(record: OpenRecord) {
    this.#record = record;
    this.drafts = new DataDrafts(record);
  }

  /** The data with all drafts applied. */
  readonly typed: DataTree = $derived.by(() =>
    this.drafts.all().reduce((data, { path, text }) => setAt(data, path, text === '' ? null : text), this.#data),
  );
  readonly category = $derived.by(() => baseCategory(textAt(this.typed, categoryPath) ?? ''));
  readonly findings: ReadonlyMap<string, Finding[]> = $derived.by(() =>
    dataFindings(this.typed, this.#record.detail, todayIn(this.#record.scope)),
  );
  readonly entries: readonly Entry[] = $derived.by(() =>
    certificateEntries(this.category).filter((entry) => this.#isWanted(entry)),
  );
  readonly sections: readonly CertificateSection[] = $derived.by(() =>
    certificateOf(this.#data, this.entries, this.#rowsOf, this.#beside),
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

  /** The obligation of an entry for the vehicle as typed. */
  call(entry: Entry): EntryObligation {
    return callOf(entry, this.typed, this.category);
  }

  /** Opens the preview of a paste. A paste that names its entries covers those of the whole table, in any section. */
  paste(cells: string[][], block: Block, at: CellPosition): void {
    const entries = certificateEntries(this.category).map((entry) => ({ ...entry, section: 'general' as const }));
    const whole = certificateOf(this.#data, entries, this.#rowsOf, () => true)
      .flatMap(({ blocks }) => blocks.filter(({ table }) => table === block.table))
      .reduce((one, { rows }) => ({
        ...one,
        rows: one.rows.map((row, index) => ({ ...row, fields: [...row.fields, ...rows[index]!.fields] })),
      }));
    const named = [false, true].some((turned) => placePaste(cells, whole, at, turned).named);
    this.pasting = { cells, block: named ? whole : block, at };
  }

  /** Number of entries of a section with something missing or invalid, visible or not. */
  openIn(section: Section): number {
    return certificateEntries(this.category).filter((entry) => entry.section === section && this.#isOpen(entry)).length;
  }

  get open(): number {
    return certificateEntries(this.category).filter((entry) => this.#isOpen(entry)).length;
  }

  touch(entry: string): void {
    this.#touched.add(entry);
  }

  /** Makes an entry visible, whatever the search and the filter. */
  reveal(key: string): void {
    if (this.entries.some((entry) => entry.key === key)) return;
    this.search = '';
    if (!this.entries.some((entry) => entry.key === key)) this.filter = 'all';
  }

  /** Offers one more row after the last of `shown`; at most one row may be empty. */
  addRow(table: string, shown: number): void {
    const [value] = nodesAt(this.#data, table);
    if (shown > (Array.isArray(value) ? value.length : 0)) return;
    this.#offered.set(table, shown + 1);
  }

  /** Removes a row. An empty row is only removed from the screen; a row that the record holds is an edit. */
  async removeRow(row: string, shown: number): Promise<void> {
    const [value] = nodesAt(this.#data, row);
    this.drafts.dropUnder(row);
    this.refusal = value === undefined ? null : await this.#edit([{ path: row, from: value, to: null }]);
    if (!this.refusal) this.#offered.set(row.split('/').slice(0, -1).join('/'), shown - 1);
  }

  /** Appends a copy of the row to its table. */
  async duplicateRow(row: string): Promise<void> {
    const [value] = nodesAt(this.#data, row);
    const table = row.split('/').slice(0, -1).join('/');
    const [rows] = nodesAt(this.#data, table);
    if (value === undefined || !Array.isArray(rows)) return;
    this.refusal = await this.#edit([{ path: `${table}/${rows.length}`, from: null, to: value }]);
  }

  /** The data as typed, with these values applied. */
  after(values: readonly PastedValue[]): DataTree {
    return values.reduce((data, { path, text }) => setAt(data, path, text), this.typed);
  }

  /** Sends many values as one edit, based on the present data. They replace drafts of the same fields. */
  async enter(values: readonly PastedValue[]): Promise<RequestRefusal | null> {
    const edits = values.map(({ path, text }) => ({ path, from: textAt(this.#data, path) ?? null, to: text }));
    const refusal = await this.#edit(edits.filter(({ from, to }) => from !== to));
    if (!refusal) {
      this.drafts.dropAt(values.flatMap(({ path, field }) => [path, field.path]));
      for (const { field } of values) this.touch(field.entry.key);
    }
    return refusal;
  }

  /** Clears many fields as one edit. */
  async clear(fields: readonly Field[]): Promise<void> {
    const filled = fields.filter(({ path }) => textAt(this.#data, path) !== undefined);
    this.drafts.dropAt(fields.map(({ path }) => path));
    if (filled.length === 0) return;
    // From the last row on: a row without values is removed, and those after it move up.
    const edits = filled.toReversed().map(({ path }) => ({ path, from: textAt(this.#data, path)!, to: null }));
    this.refusal = await this.#edit(edits);
  }

  #edit(edits: readonly (DataEdit & { to: DataNode | null })[]): Promise<RequestRefusal | null> {
    return this.#record.attempt(async () => {
      const answer = await call('post /api/records/{record}/edits', {
        params: { record: this.#record.id },
        body: { edits: [...edits] },
      });
      for (const edit of edits) this.#record.put(edit, answer.revision);
      return answer;
    });
  }

  readonly #rowsOf = (table: string): number => this.#offered.get(table) ?? 0;

  /** Shows parts of required entries, everything that is filled, and with the filter `all` everything. */
  readonly #beside: Beside = (entry, path, kind) => {
    if (this.#filter === 'all' || this.search.trim() !== '' || nodesAt(this.#data, path).length > 0) return true;
    return kind === 'part' && this.call(entry) === 'mandatory';
  };

  #isOpen(entry: Entry): boolean {
    return this.findings.has(entry.key);
  }

  #isWanted(entry: Entry): boolean {
    if (!answersTo(entry, this.search)) return false;
    if (this.#filter === 'all' || this.search.trim() !== '' || this.#touched.has(entry.key)) return true;
    if (this.#isOpen(entry)) return true;
    return (
      this.#filter === 'called' && (this.call(entry) === 'mandatory' || nodesAt(this.#data, entry.path).length > 0)
    );
  }
}
