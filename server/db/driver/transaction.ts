import type { Connection, QueryOptions, Rows } from './connection.ts';
import { databaseError } from './violations.ts';

export type Query = (text: string, values: readonly unknown[], options: QueryOptions) => Promise<Rows>;

/** The statement failed only because an earlier one in the transaction failed. */
const transactionAborted = '25P02';

/**
 * Runs one transaction on a connection: commits if `run` resolves, rolls back if it throws. A failed statement fails
 * the transaction, even if `run` ignores the error. Throws DatabaseUnavailable if the connection is lost; if that
 * happens during the commit, its outcome is unknown.
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

/** Closes the connection if the rollback fails: it can no longer be used. */
async function rollBack(connection: Connection): Promise<void> {
  if (connection.isLost) return;
  try {
    await connection.query('rollback');
  } catch {
    await connection.close(0);
  }
}
