import { childrenOf, iviRoot } from './ivi-schema.ts';

/**
 * Whether a path as in `data-tree.ts` leads to one value of an IVI message: known elements, rows only in tables, and a
 * text at the end.
 */
export function isValuePath(path: string): boolean {
  const type = typeAt(path);
  return type !== null && childrenOf(type) === undefined && type !== 'sig:Signature';
}

/** Whether a path leads to any element of an IVI message, a value or a group. */
export function isElementPath(path: string): boolean {
  return typeAt(path) !== null;
}

function typeAt(path: string): string | null {
  let type = iviRoot;
  let inTable = false;
  for (const step of path.split('/')) {
    if (inTable && /^\d{1,2}$/.test(step)) {
      inTable = false;
      continue;
    }
    const [, name, key] = /^(\w+)(?:\[(\w+)=[^\]]+\])?$/.exec(step) ?? [];
    const element = name === undefined ? undefined : childrenOf(type)?.get(name);
    if (!element) return null;
    if (key !== undefined && !(element.many && childrenOf(element.type)?.has(key))) return null;
    type = element.type;
    inTable = element.many && key === undefined;
  }
  return type;
}
