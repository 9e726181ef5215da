import { getTableColumns, sql, type Column, type Table } from 'drizzle-orm';
import type { Db, Tx } from './client.ts';

interface Prepared<Answer> {
  execute(values?: Record<string, unknown>): Promise<Answer>;
}

/**
 * A query of every request: its text is built once, with placeholders, and runs on whatever database or transaction it
 * is handed. Drizzle binds what it prepares to the connection it was built on, so each run borrows it with its own.
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

/** Columns to be inserted or set, whose values are given at each run under their own names. */
export function given<Name extends string>(...names: Name[]): Record<Name, never> {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, never>;
}

/** All columns of a table. */
export function namesOf<T extends Table>(table: T) {
  return Object.keys(getTableColumns(table)) as (keyof T['$inferInsert'] & string)[];
}

/** Whether a column is one of `ids`, given at each run as JSON: one text however many there are. */
export const oneOf = (column: Column) =>
  sql`${column} in (select value::uuid from jsonb_array_elements_text(${sql.placeholder('ids')}::text::jsonb))`;
