import type { ColumnMapping } from '#shared/contract/import.ts';
import { refuseOtherKinds } from './file-kind.ts';
import { columnFinder, fittingMapping } from './mappings.ts';
import { openCsv, type CsvRow } from './read-csv.ts';
import { readIvi } from './read-ivi.ts';
import { Unreadable } from './unreadable.ts';

/** A file in parts: for a CSV file first its columns, then its rows in batches. */
export type FileContent =
  | { kind: 'columns'; columns: { column: string; path: string | null }[]; lines: number }
  | { kind: 'rows'; rows: CsvRow[] };

/** Small enough that other work runs in between. */
const batch = 50;

/** The content of a file; `mappings`: the mappings a CSV file may be read with. Throws Unreadable. */
export async function* readRows(bytes: Uint8Array, mappings: readonly ColumnMapping[]): AsyncGenerator<FileContent> {
  refuseOtherKinds(bytes);
  if (looksLikeXml(bytes)) {
    yield { kind: 'rows', rows: [{ ...readIvi(bytes), line: 1 }] };
    return;
  }
  const csv = openCsv(bytes);
  const mapping = mappings.length === 1 ? mappings[0] : fittingMapping(mappings, csv.header);
  const at = columnFinder(csv.header);
  const filled = new Map(mapping?.columns.map(({ column, path }) => [at(column), path]));
  const columns = csv.header.map((column, index) => ({ column, path: filled.get(index) ?? null }));
  yield { kind: 'columns', columns, lines: csv.lines };
  if (!mapping) throw new Unreadable('csv.noMapping');
  let rows: CsvRow[] = [];
  for await (const row of csv.rows(mapping)) {
    if (rows.push(row) < batch) continue;
    yield { kind: 'rows', rows };
    rows = [];
  }
  if (rows.length > 0) yield { kind: 'rows', rows };
}

/** A message begins with a tag, regardless of the file's name. */
export function looksLikeXml(bytes: Uint8Array): boolean {
  return /^[\uFEFF\s\0]*</.test(new TextDecoder().decode(bytes.subarray(0, 64)).replaceAll('\uFFFD', ''));
}
