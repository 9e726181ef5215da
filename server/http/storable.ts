import { Invalid, issueAt } from './problem.ts';

/** Whether text of JSON could hold what `storable` looks for: both only come as escapes, because JSON takes no raw NUL and UTF-8 no half of a character. */
export const mayHoldUnstorable = (json: string): boolean => json.includes('\\u');

/** Throws Invalid, with the path, for text that no database column takes: NUL, and halves of a character. */
export function storable(value: unknown, path: string): void {
  const flaw = flawIn(value);
  if (flaw) {
    const at = [path, ...flaw].join('.');
    throw new Invalid([issueAt(at, 'text.unstorable')]);
  }
}

/** Where in a value such text is; undefined: nowhere. */
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
