import type { DataTree } from '#shared/contract/record.ts';
import { calledFor, type EntryObligation } from '#shared/domain/catalogue/called-for.ts';
import { entries as allEntries, entriesFor } from '#shared/domain/catalogue/catalogue.ts';
import type { Entry, Format, Section, VehicleCategory } from '#shared/domain/catalogue/entry.ts';
import { isRow, nodesAt } from '#shared/domain/data-tree.ts';

/** One value a person may type: an entry, or a part of an entry that is a group of elements. */
export interface Field {
  /** Where it stands in the data tree, rows and all. */
  path: string;
  entry: Entry;
  /** Element name of the part; null where the field is the whole entry. */
  part: string | null;
  /** It says more about the entry, or gives it in another way; the entry itself is another field. */
  also: boolean;
  unit: string | null;
  format: Format;
}

/** The fields of one row of a table, or of no table at all. */
export interface Row {
  path: string;
  /** One number per table on the way, from 1: axle 2, tyre 1. */
  numbers: readonly number[];
  /** The record holds it; otherwise it comes into being with its first value. */
  held: boolean;
  fields: readonly Field[];
}

/** Entries that stand together on the certificate and in the same table. */
export interface Block {
  /** Element names down to the row: `CocDataGroup/AxleTable/AxleGroup`; null for entries that stand once. */
  table: string | null;
  /** Element names of the rows on the way: `AxleGroup`, `TyreAxleGroup`. */
  groups: readonly string[];
  rows: readonly Row[];
  /** Most of the table's entries stand here: where its rows are added and taken away. */
  home: boolean;
}

export interface CertificateSection {
  key: Section;
  blocks: readonly Block[];
}

/** A certificate of this category; while the category is not known, the M1's. */
export function certificateEntries(category: VehicleCategory | null): readonly Entry[] {
  return entriesFor(category ?? 'M1');
}

/** What this vehicle's certificate says of an entry. Header and signature come with the message, whatever the data. */
export function callOf(entry: Entry, data: DataTree, category: VehicleCategory | null): EntryObligation {
  if (category === null) return entry.key === 'vehicleCategory' ? 'mandatory' : 'conditional';
  const call = calledFor(entry, data, category);
  return call === 'mandatory' && ['message', 'signature'].includes(entry.section) ? 'conditional' : call;
}

/** An element that is asked for beside an entry: a part of it, or another way to give it. */
export type Beside = (entry: Entry, path: string, kind: 'part' | 'alternative') => boolean;

type Element = Omit<Field, 'path'> & { path: string; table: string | null };

interface Run {
  table: string | null;
  elements: Element[];
}

/**
 * Entries in certificate order as sections, blocks and rows. `offered` says how many rows of a table to show at least,
 * `beside` which further elements of an entry. One that stands in the rows of another table is shown there: whether an
 * axle is powered, with the axles.
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

/** Of the runs of a table, the one with most elements; of several, the last: axles are numbered with their tyres. */
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
        // Made when it is looked at: of a long table most rows are not shown.
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

/** The path down to the innermost row that has to be counted; a step that says which row it means needs no number. */
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

/** The rows a path with row numbers leads through, counted from 1. */
export function rowsAlong(path: string): { groups: string[]; numbers: number[]; endsInRow: boolean } {
  const steps = path.split('/');
  const at = steps.flatMap((step, index) => (/^\d+$/.test(step) ? [index] : []));
  return {
    groups: at.map((index) => steps[index - 1]!),
    numbers: at.map((index) => Number(steps[index]) + 1),
    endsInRow: at.at(-1) === steps.length - 1,
  };
}

/** The entry an edited path belongs to, rows and choices left aside. */
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
