import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/**
 * Recent wrong passwords, counted per address, per account, and per pair of both. `key` is a hash: it identifies
 * nobody.
 */
export const signInTries = pgTable(
  'sign_in_tries',
  {
    key: text().primaryKey(),
    tries: integer().notNull(),
    /** For an address or an account: start of the count. For the pair: time of the last try. */
    at: moment().notNull(),
  },
  (table) => [index().on(table.at)],
);
