import type { Connection, QueryOptions, Rows } from './connection.ts';
import { databaseError } from './violations.ts';

export type Query = (text: string, values: readonly unknown[], options: QueryOptions) => Promise<Rows>;

/** The statement failed only because one before it in the transaction did. */
const transactionAborted = '25P02';

/**
 * Runs one transaction on a connection: committed if `run` resolves, rolled back if it throws. A statement that failed
 * fails the transaction, whether `run` looked at its answer or not. Throws DatabaseUnavailable where the connection is
 * lost; if that was during the commit, nobody knows whether it was done.
 */
export async function inTransaction<T>(connection: Connection, run: (query: Query) => Promise<T>): Promise<T> {
  let isOver = false;
  let failure: unknown;
  const query: Query = async (text, values, options) => {
    if (isOver) throw new Error('The transaction is over.');
    try {
      return await connection.query(text, values, options);
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  await connection.query('begin');
  let answer: T;
  try {
    answer = await run(query);
    if (failure) throw failure;
  } catch (error) {
    isOver = true;
    await rollBack(connection);
    throw failure && databaseError(error).code === transactionAborted ? failure : error;
  }
  isOver = true;
  const { command } = await connection.query('commit');
  if (command !== 'COMMIT') throw new Error(`The database answered the commit with ${command}.`);
  return answer;
}

/** A connection whose transaction cannot be ended is of no further use. */
async function rollBack(connection: Connection): Promise<void> {
  if (connection.isLost) return;
  try {
    await connection.query('rollback');
  } catch {
    await connection.close(0);
  }
}
