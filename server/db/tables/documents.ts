import { bigint, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns.ts';
import { people } from './people.ts';
import { records } from './records.ts';

/**
 * The Y.Doc of a record. `state` contains its updates up to number `upTo`; `document_updates` contains those up to
 * `last`. Appending an update locks this row until the commit, so the update numbers of a document have no gaps.
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

/**
 * Maps the Yjs client ids of a document to people. A client id belongs to the first person who wrote with it. A person
 * has many of them, one per opened page.
 */
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
