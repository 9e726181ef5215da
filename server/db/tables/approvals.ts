import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { AllowedRange, Coverage, OfficialReference, Signatory } from '#shared/contract/approval.ts';
import { bytes, id, moment } from './columns.ts';
import { organisations } from './organisations.ts';
import { people } from './people.ts';

/** The approvals register. One row is one approval at one extension. Its state is derived from its dates. */
export const approvals = pgTable(
  'approvals',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Normalised number, with extension; `records.approval` refers to it. */
    number: text().notNull(),
    base: text().notNull(),
    extension: text().notNull(),
    typed: text().notNull(),
    version: integer().notNull().default(1),
    issuedOn: date({ mode: 'string' }),
    expiresOn: date({ mode: 'string' }),
    withdrawnOn: date({ mode: 'string' }),
    withdrawnWhy: text(),
    authority: text(),
    smallSeries: boolean().notNull(),
    categories: text().array().notNull(),
    covers: jsonb().$type<Coverage[]>().notNull(),
    ranges: jsonb().$type<AllowedRange[]>().notNull(),
    signatories: jsonb().$type<Signatory[]>().notNull(),
    manufacturer: text(),
    representative: text(),
    references: jsonb().$type<OfficialReference[]>().notNull(),
    /** Number, authority and types in lower case, for the filter box. */
    search: text().notNull(),
  },
  (table) => [
    unique('approvals_number').on(table.organisationId, table.number),
    index('approvals_base').on(table.organisationId, table.base, table.extension),
  ],
);

/** File contents, keyed by organisation and SHA-256. Identical files are stored once. */
export const files = pgTable(
  'files',
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    hash: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    content: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.hash] })],
);

export const approvalFiles = pgTable(
  'approval_files',
  {
    approvalId: uuid()
      .notNull()
      .references(() => approvals.id),
    hash: text().notNull(),
    name: text().notNull(),
    addedBy: uuid()
      .notNull()
      .references(() => people.id),
    at: moment()
      .notNull()
      .default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.hash] })],
);
