import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** Wrong passwords of late, counted per address, per account, and per both. `key` is a hash: it names nobody. */
export const signInTries = pgTable(
  'sign_in_tries',
  {
    key: text().primaryKey(),
    tries: integer().notNull(),
    /** Of an address and of an account: since when they are counted. Of both together: the last try. */
    at: moment().notNull(),
  },
  (table) => [index().on(table.at)],
);
