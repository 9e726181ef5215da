import { z } from 'zod';
import { Finding } from './finding.ts';
import { Id, Moment } from './id.ts';
import { shownName } from './person.ts';

/** `ivi`: one IVI 2.0 XML message; `csv`: rows that are read through a column mapping. */
export const ImportKind = z.enum(['ivi', 'csv']);
export type ImportKind = z.infer<typeof ImportKind>;

/** Maps columns of a CSV file to elements. Values are copied unchanged. */
export const ColumnMapping = z.object({
  id: Id,
  name: z.string(),
  preset: z.boolean().describe('Comes with the product'),
  columns: z.array(z.object({ column: z.string(), path: z.string() })),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const NewColumnMapping = z.object({
  name: shownName(80),
  columns: z
    .array(z.object({ column: z.string().min(1).max(200), path: z.string().min(1).max(500) }))
    .min(1)
    .max(300),
});

/** checking -> checked -> applying -> applied. `unreadable`: the file cannot be used; `refusal` gives the reason. */
export const ImportState = z.enum(['checking', 'checked', 'applying', 'applied', 'unreadable']);
export type ImportState = z.infer<typeof ImportState>;

/** `good`; `known`: a record for this row already exists, nothing to do; `bad`: see its findings; `created`. */
export const ImportRowState = z.enum(['good', 'known', 'bad', 'created']);
export type ImportRowState = z.infer<typeof ImportRowState>;

export const Import = z.object({
  id: Id,
  scope: Id,
  file: z.string(),
  kind: ImportKind,
  state: ImportState,
  refusal: Finding.nullable(),
  columns: z
    .array(z.object({ column: z.string(), path: z.string().nullable() }))
    .describe('Of a CSV file: each column, and the element it fills; null: nothing is taken from it'),
  rows: z.object({ total: z.int(), good: z.int(), known: z.int(), bad: z.int(), created: z.int() }),
  progress: z.object({ done: z.int(), of: z.int() }),
  by: Id,
  at: Moment,
});
export type Import = z.infer<typeof Import>;

export const ImportRow = z.object({
  row: z.int().describe('Line of the record in the file, the header is 1; an XML message is row 1'),
  state: ImportRowState,
  title: z.string().describe('What would be created: make, type/variant/version, VIN'),
  findings: z.array(Finding),
  record: Id.nullable(),
  reference: z.string().nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;
