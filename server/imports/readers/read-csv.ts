import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import type { Finding } from '#shared/contract/finding.ts';
import type { ColumnMapping } from '#shared/contract/import.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { decodeText } from './decode-text.ts';
import { inputFinding } from './input-finding.ts';
import { columnFinder } from './mappings.ts';
import { columnLimit, columnNameLimit, valueLimit } from './limits.ts';
import type { ReadVehicle } from './read-ivi.ts';
import { Unreadable } from './unreadable.ts';

/** A row of a file; `line` counts from 1, including the header. */
export interface CsvRow extends ReadVehicle {
  line: number;
}

export interface CsvFile {
  header: string[];
  /** Approximate number of rows, before they are read. */
  lines: number;
  /** The rows read with a mapping, one by one. Throws Unreadable if the rest of the file cannot be read. */
  rows(mapping: ColumnMapping): AsyncGenerator<CsvRow>;
}

const options = {
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  // Spreadsheets export empty rows below their table as separators only.
  skip_records_with_empty_values: true,
  record_delimiter: ['\r\n', '\n'],
};

/** Excel writes the separator of a file in a line before its header. */
const separatorLine = /^sep=([^\r\n])\r?\n/i;

/** Opens a CSV file: UTF-8 or UTF-16; comma, semicolon, tab or vertical bar. Throws Unreadable. */
export function openCsv(bytes: Uint8Array): CsvFile {
  const whole = decodeText(bytes);
  const [before = '', separator] = separatorLine.exec(whole) ?? [];
  const text = whole.slice(before.length);
  const { header, delimiter } = readHeader(text, separator);
  return {
    header,
    lines: lineEnds(text) - (text.endsWith('\n') ? 1 : 0),
    async *rows(mapping) {
      const parser = Readable.from(pieces(text)).pipe(parse({ ...options, delimiter, info: true }));
      const times = new Map<string, number>();
      const lineOf = lineCounter();
      const at = columnFinder(header);
      const filled = mapping.columns.map(({ column, path }) => [at(column), path] as const);
      let read = -1;
      try {
        for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
          const line = lineOf(record, info.lines) + (before === '' ? 0 : 1);
          if (++read === 0) continue;
          const cells = createHash('sha256')
            .update(JSON.stringify([header, record]))
            .digest('hex');
          const same = times.get(cells) ?? 0;
          times.set(cells, same + 1);
          const data = fill(filled, record);
          yield { line, sourceKey: `csv ${cells} ${same}`, findings: [...rowFindings(header, record, data)], data };
        }
      } catch (error) {
        throw quotesApart(error);
      }
      if (read < 1) throw new Unreadable('csv.noRows');
    },
  };
}

/** The column names and the separator: the candidate most frequent in the first line outside quotes. */
function readHeader(text: string, separator?: string) {
  const start = text.slice(0, 4 * columnLimit * columnNameLimit);
  if (start.trim() === '') throw new Unreadable('csv.empty');
  if (start.includes('\r') && !start.includes('\n')) throw new Unreadable('csv.carriageReturns');
  const first = /[^\n]*\S[^\n]*/.exec(start.replaceAll(/"(?:[^"]|"")*"/g, ''))![0];
  const separators = separator ? [separator] : [',', ';', '\t', '|'];
  const delimiter = separators.sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  if (!first.includes(delimiter)) throw new Unreadable('csv.noColumns');
  let header: string[];
  try {
    [header = []] = parseNow(start, { ...options, delimiter, to: 1 }) as unknown as string[][];
  } catch (error) {
    throw quotesApart(error);
  }
  if (header.length > columnLimit || header.some((name) => name.length > columnNameLimit))
    throw new Unreadable('csv.tooManyColumns', { columns: columnLimit, length: columnNameLimit });
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) < index);
  if (twice !== undefined) throw new Unreadable('csv.sameColumn', { column: twice });
  return { header, delimiter };
}

/**
 * The line, as an editor counts it, on which a record begins: the parser counts a carriage return inside a cell as a
 * line.
 */
function lineCounter() {
  let returns = 0;
  return (record: readonly string[], ended: number): number => {
    const within = record.join('').replaceAll(/[^\r\n]/g, '');
    const line = ended - within.length - returns;
    returns += within.replaceAll('\n', '').length;
    return line;
  };
}

function* rowFindings(header: readonly string[], cells: readonly string[], data: DataTree): Generator<Finding> {
  const [expected, found] = [header.length, cells.length];
  if (expected !== found) yield inputFinding('I03', 'import.cells', { expected, found });
  else if (Object.keys(data).length === 0) yield inputFinding('I07', 'import.emptyRow', {});
  for (const [index, { length }] of cells.entries())
    if (length > valueLimit)
      yield inputFinding('I08', 'import.tooLong', { path: header[index] ?? index + 1, length, most: valueLimit });
}

function quotesApart(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = (error as { lines?: number }).lines;
  return new Unreadable('csv.quotes', line ? { line } : {});
}

function fill(filled: readonly (readonly [at: number, path: string])[], cells: readonly string[]): DataTree {
  let data: DataTree = {};
  for (const [at, path] of filled) {
    const value = cells[at];
    if (value !== undefined && value !== '') data = setAt(data, path, value);
  }
  return data;
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}
