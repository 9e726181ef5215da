import type { DataTree } from '#shared/contract/record.ts';
import { calledFor, type EntryObligation } from '#shared/domain/catalogue/called-for.ts';
import { entries as allEntries, entriesFor } from '#shared/domain/catalogue/catalogue.ts';
import type { Entry, Format, Section, VehicleCategory } from '#shared/domain/catalogue/entry.ts';
import { isRow, nodesAt } from '#shared/domain/data-tree.ts';

/** One editable value: an entry, or a part of an entry that is a group of elements. */
export interface Field {
  /** Its path in the data tree, including row numbers. */
  path: string;
  entry: Entry;
  /** Element name of the part; null where the field is the whole entry. */
  part: string | null;
  /** Further information on the entry, or an alternative form of it; the entry itself is another field. */
  also: boolean;
  unit: string | null;
  format: Format;
}

/** The fields of one row of a table, or of no table. */
export interface Row {
  path: string;
  /** One number per table on the path, from 1: axle 2, tyre 1. */
  numbers: readonly number[];
  /** The record contains the row; otherwise its first value creates it. */
  held: boolean;
  fields: readonly Field[];
}

/** Consecutive entries of the certificate in the same table. */
export interface Block {
  /** Element names down to the row: `CocDataGroup/AxleTable/AxleGroup`; null for entries outside of tables. */
  table: string | null;
  /** Element names of the rows on the path: `AxleGroup`, `TyreAxleGroup`. */
  groups: readonly string[];
  rows: readonly Row[];
  /** The block with most of the table's entries, where its rows are added and removed. */
  home: boolean;
}

export interface CertificateSection {
  key: Section;
  blocks: readonly Block[];
}

/** The entries of a certificate of this category; while the category is unknown, of M1. */
export function certificateEntries(category: VehicleCategory | null): readonly Entry[] {
  return entriesFor(category ?? 'M1');
}

/** The obligation of an entry for this vehicle. Header and signature are part of the message, whatever the data. */
export function callOf(entry: Entry, data: DataTree, category: VehicleCategory | null): EntryObligation {
  if (category === null) return entry.key === 'vehicleCategory' ? 'mandatory' : 'conditional';
  const call = calledFor(entry, data, category);
  return call === 'mandatory' && ['message', 'signature'].includes(entry.section) ? 'conditional' : call;
}

/** Whether to show a further element of an entry: a part of it, or an alternative form. */
export type Beside = (entry: Entry, path: string, kind: 'part' | 'alternative') => boolean;

type Element = Omit<Field, 'path'> & { path: string; table: string | null };

interface Run {
  table: string | null;
  elements: Element[];
}

/**
 * The entries in certificate order as sections, blocks and rows. `offered` returns the minimum number of rows to show
 * for a table, `beside` which further elements of an entry. An entry in the rows of another table is shown there:
 * whether an axle is powered, with the axles.
 */
export function certificateOf(
  data: DataTree,
  entries: readonly Entry[],
  offered: (table: string) => number,
  beside: Beside = () => false,
): CertificateSection[] {
  const sections: { key: Section; runs: Run[] }[] = [];
  const elsewhere: { element: Element; runs: Run[] }[] = [];
  for (const entry of entries) {
    let section = sections.find(({ key }) => key === entry.section);
    if (!section) sections.push((section = { key: entry.section, runs: [] }));
    const own = tableOf(entry.path);
    for (const element of elementsOf(entry, beside)) {
      if (element.also && element.table !== own && element.table !== null) {
        elsewhere.push({ element, runs: section.runs });
        continue;
      }
      const run = section.runs.at(-1);
      if (run && run.table === element.table) run.elements.push(element);
      else section.runs.push({ table: element.table, elements: [element] });
    }
  }
  for (const { element, runs } of elsewhere.toReversed()) {
    const home = homeOf(sections, element.table);
    if (home) home.elements.unshift(element);
    else runs.push({ table: element.table, elements: [element] });
  }
  return sections.map(({ key, runs }) => ({
    key,
    blocks: runs.map((run) => ({
      ...blockOf(data, run, offered),
      home: run === homeOf(sections, run.table),
    })),
  }));
}

/** The run of a table with the most elements; of several, the last: axles are numbered with their tyres. */
function homeOf(sections: readonly { runs: readonly Run[] }[], table: string | null): Run | undefined {
  if (table === null) return undefined;
  const runs = sections.flatMap((section) => section.runs.filter((run) => run.table === table));
  return runs.findLast(({ elements }) => runs.every((run) => run.elements.length <= elements.length));
}

function blockOf(data: DataTree, { table, elements }: Run, offered: (table: string) => number): Omit<Block, 'home'> {
  const rows = table === null ? [{ path: '', numbers: [] }] : rowsOf(data, table, offered);
  return {
    table,
    groups: table === null ? [] : rowSteps(table).map((at) => table.split('/')[at]!),
    rows: rows.map(({ path, numbers }) => {
      let fields: Field[] | undefined;
      return {
        path,
        numbers,
        held: nodesAt(data, path).length > 0,
        // Computed lazily: most rows of a long table are not shown.
        get fields() {
          return (fields ??= elements.map(({ table: _, ...element }) => ({
            ...element,
            path: table === null ? element.path : `${path}${element.path.slice(table.length)}`,
          })));
        },
      };
    }),
  };
}

const entryPaths = new Set(allEntries.map(({ path }) => path));

function elementsOf(entry: Entry, beside: Beside): Element[] {
  const { parts = [], alternatives = [], format, unit } = entry;
  if (format.kind === 'group') {
    return parts.map((part) => {
      const name = lastOf(part.path);
      const path = `${entry.path}/${name}`;
      return { path, table: tableOf(entry.path), entry, part: name, also: false, unit, format: part.format };
    });
  }
  const further = [
    ...alternatives.map((element) => ({ ...element, kind: 'alternative' as const })),
    ...parts.map((element) => ({ ...element, kind: 'part' as const })),
  ].filter(({ path, kind }) => !entryPaths.has(path) && beside(entry, path, kind));
  return [
    { path: entry.path, table: tableOf(entry.path), entry, part: null, also: false, unit, format },
    ...further.map(({ path, kind, format: own }) => ({
      path,
      table: tableOf(path),
      entry,
      part: lastOf(path),
      also: true,
      unit: kind === 'alternative' ? unit : null,
      format: own,
    })),
  ];
}

/**
 * The path down to the innermost numbered row; a step that identifies its row by itself needs no number. Null outside
 * of tables.
 */
export function tableOf(path: string): string | null {
  const last = rowSteps(path).at(-1);
  return last === undefined
    ? null
    : path
        .split('/')
        .slice(0, last + 1)
        .join('/');
}

function rowSteps(path: string): number[] {
  const steps = path.split('/');
  return steps.flatMap((step, at) => (at > 0 && isRow(steps[at - 1]!) && !step.includes('[') ? [at] : []));
}

function rowsOf(
  data: DataTree,
  table: string,
  offered: (table: string) => number,
): { path: string; numbers: number[] }[] {
  const steps = table.split('/');
  let rows: { path: string; numbers: number[] }[] = [{ path: '', numbers: [] }];
  let done = 0;
  for (const at of rowSteps(table)) {
    const way = steps.slice(done, at + 1).join('/');
    rows = rows.flatMap(({ path, numbers }) => {
      const tablePath = path === '' ? way : `${path}/${way}`;
      const [value] = nodesAt(data, tablePath);
      const count = Math.max(Array.isArray(value) ? value.length : 0, offered(tablePath), 1);
      return Array.from({ length: count }, (_, row) => ({
        path: `${tablePath}/${row}`,
        numbers: [...numbers, row + 1],
      }));
    });
    done = at + 1;
  }
  return rows;
}

const plain = (path: string) => path.replaceAll(/\[[^\]]*\]/g, '');
const lastOf = (path: string) => path.split('/').at(-1)!;

/** The rows on a path with row numbers, counted from 1. */
export function rowsAlong(path: string): { groups: string[]; numbers: number[]; endsInRow: boolean } {
  const steps = path.split('/');
  const at = steps.flatMap((step, index) => (/^\d+$/.test(step) ? [index] : []));
  return {
    groups: at.map((index) => steps[index - 1]!),
    numbers: at.map((index) => Number(steps[index]) + 1),
    endsInRow: at.at(-1) === steps.length - 1,
  };
}

/** The entry an edited path belongs to, without regard to rows and choices. */
export function entryAt(path: string, entries: readonly Entry[]): Entry | undefined {
  const bare = plain(path).replaceAll(/\/\d+(?=\/|$)/g, '');
  return (
    entries.find((entry) => entry.path === path.replaceAll(/\/\d+(?=\/|$)/g, '')) ??
    entries.find((entry) => plain(entry.path) === bare) ??
    entries.find((entry) =>
      [...(entry.alternatives ?? []), ...(entry.parts ?? [])].some((part) => plain(part.path) === bare),
    )
  );
}
