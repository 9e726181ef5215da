import { Invalid, issueAt } from './problem.ts';

/**
 * Whether JSON text may contain what `storable` rejects. Both can only occur as escapes: JSON does not allow a raw NUL,
 * and UTF-8 does not allow lone surrogates.
 */
export const mayHoldUnstorable = (json: string): boolean => json.includes('\\u');

/** Throws Invalid, with the path, for text that no database column accepts: NUL and lone surrogates. */
export function storable(value: unknown, path: string): void {
  const flaw = flawIn(value);
  if (flaw) {
    const at = [path, ...flaw].join('.');
    throw new Invalid([issueAt(at, 'text.unstorable')]);
  }
}

/** The path to such text in a value; undefined if there is none. */
function flawIn(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [] : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (flawIn(name)) return [];
    const flaw = flawIn(member);
    if (flaw) return [name, ...flaw];
  }
  return undefined;
}
