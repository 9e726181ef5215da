import { bigint, bigserial, index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns.ts';
import { people } from './people.ts';
import { records } from './records.ts';

/** The Y.Doc of a record: `state` holds every update up to `upTo`; newer ones stand in `document_updates`. */
export const documents = pgTable('documents', {
  recordId: uuid()
    .primaryKey()
    .references(() => records.id),
  state: bytes().notNull(),
  upTo: bigint({ mode: 'number' }).notNull().default(0),
});

export const documentUpdates = pgTable(
  'document_updates',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    update: bytes().notNull(),
    personId: uuid().references(() => people.id),
    at: moment().notNull(),
  },
  (table) => [index().on(table.recordId, table.id)],
);
