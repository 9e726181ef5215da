import { integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Finding } from '#shared/contract/finding.ts';
import type { ImportKind, ImportRowState, ImportState } from '#shared/contract/import.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { id, moment } from './columns.ts';
import { organisations, scopes } from './organisations.ts';
import { people } from './people.ts';
import { records } from './records.ts';

export const mappings = pgTable(
  'mappings',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    columns: jsonb().$type<{ column: string; path: string }[]>().notNull(),
  },
  (table) => [unique().on(table.organisationId, table.name)],
);

export const imports = pgTable('imports', {
  id: id(),
  scopeId: uuid()
    .notNull()
    .references(() => scopes.id),
  personId: uuid()
    .notNull()
    .references(() => people.id),
  file: text().notNull(),
  kind: text().$type<ImportKind>().notNull(),
  state: text().$type<ImportState>().notNull(),
  refusal: jsonb().$type<Finding>(),
  columns: jsonb().$type<{ column: string; path: string | null }[]>().notNull().default([]),
  total: integer().notNull().default(0),
  checked: integer().notNull().default(0),
  at: moment().notNull(),
});

export const importRows = pgTable(
  'import_rows',
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id),
    row: integer().notNull(),
    state: text().$type<ImportRowState>().notNull(),
    title: text().notNull(),
    findings: jsonb().$type<Finding[]>().notNull(),
    data: jsonb().$type<DataTree>(),
    sourceKey: text(),
    recordId: uuid().references(() => records.id),
  },
  (table) => [primaryKey({ columns: [table.importId, table.row] })],
);
