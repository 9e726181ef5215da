import { isByEnding } from '#server/db/driver/client.ts';

/**
 * Writes an error to the log: what failed, each error in its chain of causes, and where. Database errors and parse
 * errors quote the values they failed on (session tokens, vehicle data); those are left out. Errors that only result
 * from the shutdown of the server are not logged.
 */
export function logError(what: string, error: unknown): void {
  if (isByEnding(error)) return;
  console.error(`${what}: ${describeError(error)}`);
}

/** An error as text, without the values that a query or a parser failed on. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `${typeof error} thrown`;
  const { name, cause } = error;
  const code = textOf(error, 'code');
  const lines = [`${name}${code ? ` ${code}` : ''}: ${safeMessage(error, code)}${placeOf(error)}`, ...framesOf(error)];
  return [lines.join('\n'), ...(cause instanceof Error ? [`caused by ${describeError(cause)}`] : [])].join('\n');
}

const sqlState = /^[0-9A-Z]{5}$/;

function safeMessage(error: Error, code: string): string {
  // Drizzle appends the parameters to the text of the query.
  const [message] = error.message.split('\nparams:');
  if (error instanceof SyntaxError) return '(the text is left out)';
  // PostgreSQL quotes the value in data exceptions; in other errors it quotes names of tables and columns.
  return sqlState.test(code) && code.startsWith('22') ? message!.replaceAll(/"[^"]*"?/g, '"…"') : message!;
}

/** The table, column or constraint of a database error. */
function placeOf(error: Error): string {
  const places = ['table', 'column', 'constraint'].flatMap((key) => {
    const name = textOf(error, `${key}_name`) || textOf(error, key);
    return name ? [`${key} ${name}`] : [];
  });
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}

const textOf = (error: Error, key: string): string => {
  const value = (error as unknown as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : '';
};

const framesOf = ({ stack = '' }: Error): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));
