import type { Entry } from '#shared/domain/catalogue/entry.ts';
import type { Block, Field, Row } from './certificate.ts';

/**
 * A table as the certificate prints it: a line per entry, a column per row of the table (axle 1, axle 2). Entries
 * outside of tables form a grid of one column.
 */
export interface GridRow {
  entry: Entry;
  part: string | null;
  also: boolean;
  unit: string | null;
  /** One per column. */
  fields: readonly Field[];
}

export interface CellPosition {
  line: number;
  column: number;
}

export function linesOf({ rows }: Block): GridRow[] {
  return (rows[0]?.fields ?? []).map(({ entry, part, also, unit }, line) => ({
    entry,
    part,
    also,
    unit,
    fields: rows.map((row) => row.fields[line]!),
  }));
}

/** The columns, extended to `count`; the columns of a nested table are not extended. */
export function columnsOf({ rows, table, groups }: Block, count: number): Row[] {
  const last = rows.at(-1);
  if (!last || table === null || groups.length > 1) return [...rows];
  const parent = last.path.slice(0, last.path.lastIndexOf('/'));
  const more = Array.from({ length: Math.max(0, count - rows.length) }, (_, index) => {
    const at = rows.length + index;
    const path = `${parent}/${at}`;
    const fields = last.fields.map((field) => ({ ...field, path: `${path}${field.path.slice(last.path.length)}` }));
    return { path, numbers: [at + 1], held: false, fields };
  });
  return [...rows, ...more];
}

/**
 * Maps the displayed path of each column to its path after saving: empty rows are not kept, so those after them move
 * up.
 */
export function settledColumns(columns: readonly Row[], filled: ReadonlySet<Row>): Map<string, string> {
  const next = new Map<string, number>();
  return new Map(
    columns
      .filter((column) => column.held || filled.has(column))
      .map(({ path }) => {
        const cut = path.lastIndexOf('/');
        if (cut < 0) return [path, path];
        const parent = path.slice(0, cut);
        const at = next.get(parent) ?? 0;
        next.set(parent, at + 1);
        return [path, `${parent}/${at}`];
      }),
  );
}
