import { createHash } from 'node:crypto';

/**
 * The operation id of one member (a record or an exception) of a set operation. Deterministic, so that resending the
 * set repeats nothing.
 */
export function derivedOperation(operation: string, member: string): string {
  const hex = createHash('sha256').update(`${operation} ${member}`).digest('hex').slice(0, 32).split('');
  hex[12] = '8';
  hex[16] = '8';
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
