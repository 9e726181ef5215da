import { Invalid } from './problem.ts';

/** An IVI message nests some twelve deep. */
const deepest = 64;

/** Throws Invalid, with the path, for what no database column takes: NUL, halves of a character, nesting without end. */
export function storable(value: unknown, path: string, depth = 0): void {
  if (depth > deepest) throw new Invalid([{ path, message: 'Is nested too deeply.' }]);
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
    throw new Invalid([{ path, message: 'Holds characters that cannot be stored. Type it anew.' }]);
  }
  if (value === null || typeof value !== 'object') return;
  for (const [name, member] of Object.entries(value)) {
    storable(name, path, depth);
    storable(member, `${path}.${name}`, depth + 1);
  }
}
