import type { DataTree } from '#shared/contract/record.ts';
import { calledFor, type Call } from '#shared/domain/catalogue/called-for.ts';
import { entriesFor } from '#shared/domain/catalogue/catalogue.ts';
import type { Entry, Format, Section, VehicleCategory } from '#shared/domain/catalogue/entry.ts';
import { isRow, nodesAt } from '#shared/domain/data-tree.ts';

/** One value a person may type: an entry, or a part of an entry that is a group of elements. */
export interface Field {
  /** Where it stands in the data tree, rows and all. */
  path: string;
  entry: Entry;
  /** Element name of the part; null where the field is the whole entry. */
  part: string | null;
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
export function callOf(entry: Entry, data: DataTree, category: VehicleCategory | null): Call {
  if (category === null) return entry.key === 'vehicleCategory' ? 'mandatory' : 'conditional';
  const call = calledFor(entry, data, category);
  return call === 'mandatory' && ['message', 'signature'].includes(entry.section) ? 'conditional' : call;
}

/** Entries in certificate order as sections, blocks and rows. `offered` says how many rows of a table to show at least. */
export function certificateOf(
  data: DataTree,
  entries: readonly Entry[],
  offered: (table: string) => number,
): CertificateSection[] {
  const sections: { key: Section; runs: { table: string | null; entries: Entry[] }[] }[] = [];
  for (const entry of entries) {
    let section = sections.find(({ key }) => key === entry.section);
    if (!section) sections.push((section = { key: entry.section, runs: [] }));
    const table = tableOf(entry.path);
    const run = section.runs.at(-1);
    if (run && run.table === table) run.entries.push(entry);
    else section.runs.push({ table, entries: [entry] });
  }
  return sections.map(({ key, runs }) => ({
    key,
    blocks: runs.map((run) => blockOf(data, run.table, run.entries, offered)),
  }));
}

function blockOf(
  data: DataTree,
  table: string | null,
  entries: readonly Entry[],
  offered: (table: string) => number,
): Block {
  const rows = table === null ? [{ path: '', numbers: [] }] : rowsOf(data, table, offered);
  return {
    table,
    groups: table === null ? [] : rowSteps(table).map((at) => table.split('/')[at]!),
    rows: rows.map(({ path, numbers }) => ({
      path,
      numbers,
      held: nodesAt(data, path).length > 0,
      fields: entries.flatMap((entry) =>
        fieldsOf(entry, table === null ? entry.path : `${path}${entry.path.slice(table.length)}`),
      ),
    })),
  };
}

/** Of each table, the first entry of its longest run: where rows are added and taken away. */
export function tableHomes(entries: readonly Entry[]): Map<string, string> {
  const longest = new Map<string, { key: string; length: number }>();
  let run = { key: '', table: null as string | null, length: 0 };
  for (const entry of entries) {
    const table = tableOf(entry.path);
    run = table === run.table ? { ...run, length: run.length + 1 } : { key: entry.key, table, length: 1 };
    if (table !== null && run.length > (longest.get(table)?.length ?? 0)) longest.set(table, run);
  }
  return new Map([...longest].map(([table, { key }]) => [table, key]));
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
      const here = path === '' ? way : `${path}/${way}`;
      const [held] = nodesAt(data, here);
      const count = Math.max(Array.isArray(held) ? held.length : 0, offered(here), 1);
      return Array.from({ length: count }, (_, row) => ({ path: `${here}/${row}`, numbers: [...numbers, row + 1] }));
    });
    done = at + 1;
  }
  return rows;
}

function fieldsOf(entry: Entry, path: string): Field[] {
  if (entry.format.kind !== 'group') return [{ path, entry, part: null, format: entry.format }];
  return (entry.parts ?? []).map((part) => {
    const name = lastOf(part.path);
    return { path: `${path}/${name}`, entry, part: name, format: part.format };
  });
}

const plain = (path: string) => path.replaceAll(/\[[^\]]*\]/g, '');
const lastOf = (path: string) => path.split('/').at(-1)!;

/** The rows a path with row numbers leads through, counted from 1. */
export function rowsOnTheWay(path: string): { groups: string[]; numbers: number[]; endsInRow: boolean } {
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
