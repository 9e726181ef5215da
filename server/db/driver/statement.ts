import { getTableColumns, sql, type Column, type Table } from 'drizzle-orm';
import type { Db, Tx } from './client.ts';

interface Prepared<Answer> {
  execute(values?: Record<string, unknown>): Promise<Answer>;
}

/**
 * A frequent query. Its text is built once, with placeholders, and runs on any database or transaction. Drizzle binds a
 * prepared query to the connection it was built on, so each run overrides the client with its own.
 */
export function statement<Answer>(build: (db: Db | Tx) => { prepare(name: string): Prepared<Answer> }) {
  const built = new Map<unknown, Prepared<Answer>>();
  return (on: Db | Tx, values: Record<string, unknown>): Promise<Answer> => {
    const { session } = on as unknown as { session: { client: unknown } };
    let prepared = built.get(session.constructor);
    if (!prepared) built.set(session.constructor, (prepared = build(on).prepare('statement')));
    const borrowed: Prepared<Answer> = Object.create(prepared, { client: { value: session.client } });
    return borrowed.execute(values);
  };
}

/** Columns to insert or set. Each run passes the values under the column names. */
export function given<Name extends string>(...names: Name[]): Record<Name, never> {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, never>;
}

/** The names of all columns of a table. */
export function namesOf<T extends Table>(table: T) {
  return Object.keys(getTableColumns(table)) as (keyof T['$inferInsert'] & string)[];
}

/**
 * Whether a column is one of `ids`. Each run passes the ids as JSON, so the query text does not depend on their number.
 */
export const oneOf = (column: Column) =>
  sql`${column} in (select value::uuid from jsonb_array_elements_text(${sql.placeholder('ids')}::text::jsonb))`;
