import { bigint, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns.ts';
import { people } from './people.ts';
import { records } from './records.ts';

/**
 * The Y.Doc of a record: `state` holds its updates up to number `upTo`, those up to `last` stand in `document_updates`.
 * Whoever appends holds this row until the commit: a document's numbers have no gaps.
 */
export const documents = pgTable('documents', {
  recordId: uuid()
    .primaryKey()
    .references(() => records.id),
  state: bytes().notNull(),
  upTo: integer().notNull().default(0),
  last: integer().notNull().default(0),
});

export const documentUpdates = pgTable(
  'document_updates',
  {
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    number: integer().notNull(),
    update: bytes().notNull(),
    personId: uuid().references(() => people.id),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.number] })],
);

/** Whose a Yjs client id is in a document: who wrote under it first. A person has many of them, one per opened page. */
export const documentClients = pgTable(
  'document_clients',
  {
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    client: bigint({ mode: 'number' }).notNull(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.client] })],
);
