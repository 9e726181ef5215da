import { entryName } from '#shared/text/names.ts';
import type { Block, Field, Row } from './certificate.ts';
import { columnsOf, linesOf, settledColumns, type GridRow, type CellPosition } from './entry-grid.ts';

/** Parses the cells a spreadsheet put on the clipboard; a cell with line breaks or quotes is quoted. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, quoted, bare = '', end] = match;
    rows.at(-1)!.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '' || cell.lastIndex >= text.length) {
      if (end === '\t') rows.at(-1)!.push('');
      break;
    }
    if (end !== '\t') rows.push([]);
  }
  return rows;
}

/** The inverse: cells as text for a spreadsheet. */
export function tableText(cells: readonly (readonly string[])[]): string {
  return cells
    .map((row) => row.map((cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\n');
}

export interface PastedValue {
  field: Field;
  /** Its path after saving; differs from the field's path where empty rows precede it. */
  path: string;
  numbers: readonly number[];
  text: string;
}

export interface Paste {
  values: readonly PastedValue[];
  /** Texts that belong to no entry shown here, or to a row that has to be added first. */
  beyond: readonly string[];
  /** The clipboard names the entries; otherwise they follow from the position. */
  named: boolean;
}

/**
 * Maps pasted cells to a table. Where the first row or column names entries, by numbers, names or elements, it finds
 * them by that; otherwise the cells keep their layout, starting at the cursor. `turned`: transposed, the spreadsheet's
 * rows are the table's columns. Empty cells are ignored. Texts stay unchanged.
 */
export function placePaste(cells: readonly string[][], block: Block, at: CellPosition, turned: boolean): Paste {
  const lines = linesOf(block);
  const across = turned ? transposed(cells) : cells;
  const names = across.map(([name = '']) => lineNamed(lines, name));
  const named = areHeadings(across, names);
  const width = Math.max(...across.map((row) => row.length)) - (named ? 1 : 0);
  const columns = columnsOf(block, at.column + width);
  const laid: { column: Row; field: Field; text: string }[] = [];
  const beyond: string[] = [];
  across.forEach((row, index) => {
    const line = named ? names[index]! : at.line + index;
    // A heading row above the columns: axle 1, axle 2.
    if (named && line === null && index === 0) return;
    (named ? row.slice(1) : row).forEach((text, offset) => {
      if (text === '') return;
      const column = columns[at.column + offset];
      const field = line === null ? undefined : column?.fields[line];
      if (field && column) laid.push({ column, field, text });
      else beyond.push(text);
    });
  });
  const settled = settledColumns(columns, new Set(laid.map(({ column }) => column)));
  // Column by column, so that the first value creates a new row and the others fill it.
  const values = columns.flatMap((column) =>
    laid
      .filter((one) => one.column === column)
      .map(({ field, text }) => ({
        field,
        path: `${settled.get(column.path)!}${field.path.slice(column.path.length)}`,
        numbers: column.numbers,
        text,
      })),
  );
  return { values, beyond, named };
}

/** Whether the clipboard is transposed against the table. Where it names entries, the names decide. */
export function isTransposed(cells: readonly string[][], block: Block, at: CellPosition): boolean {
  const asShown = placePaste(cells, block, at, false);
  const turned = placePaste(cells, block, at, true);
  if (asShown.named !== turned.named) return turned.named;
  const score = ({ values, beyond }: Paste) => values.length - beyond.length;
  if (asShown.named) return score(turned) > score(asShown);
  return turned.beyond.length < asShown.beyond.length;
}

/** Whether most of the cells name an entry. A bare number does not count, because it may be a value. */
function areHeadings(rows: readonly string[][], names: readonly (number | null)[]): boolean {
  const matchCount = names.filter((line) => line !== null).length;
  const filled = rows.filter(([name = '']) => name !== '').length;
  const spoken = rows.some(([name = ''], at) => names[at] !== null && /[a-z]/i.test(name));
  return matchCount * 2 >= filled && (spoken || matchCount > 1) && rows.some((row) => row.length > 1);
}

function lineNamed(lines: readonly GridRow[], heading: string): number | null {
  const wanted = plain(heading);
  if (wanted === '') return null;
  const at = lines.findIndex(({ entry, part, fields }) => {
    const element = part ?? fields[0]!.path.split('/').at(-1)!;
    const { number, key } = entry;
    const name = entryName(key);
    if (part !== null) return plain(element) === wanted;
    return [number, name, `${number} ${name}`, key, element].some((one) => one !== null && plain(one) === wanted);
  });
  return at < 0 ? null : at;
}

/** `30. Axle track [mm]` and `30 axle track` are the same heading. */
function plain(heading: string): string {
  return heading
    .replace(/[([][^)\]]*[)\]]\s*$/, '')
    .replace(/^([\d.]+?)\.?(\s|$)/, '$1$2')
    .trim()
    .toLowerCase();
}

function transposed(cells: readonly string[][]): string[][] {
  const width = Math.max(...cells.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => cells.map((row) => row[column] ?? ''));
}
