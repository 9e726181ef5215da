import { z } from 'zod';
import { issue } from './issue-key.ts';

/**
 * The vehicle data of a record: the IVI 2.0 message without its signature, as a tree of element names. Every leaf is
 * the text as typed or imported; values are never coerced.
 */
export type DataTree = { [element: string]: DataNode };
export type DataNode = string | DataTree | DataTree[];

/** Validated in one traversal: trying a union on each of 20,000 rows blocks the main thread for 200 ms. */
export const DataNode = walked<DataNode>(flawInNode);
export const DataTree = walked<DataTree>(flawInTree);

type Path = (string | number)[];

function walked<T>(flawIn: (value: unknown) => Path | undefined) {
  return z.custom<T>().superRefine((value, check) => {
    const path = flawIn(value);
    if (path) check.addIssue({ code: 'custom', path, message: issue('data.tree') });
  });
}

/** Path of the first invalid value; undefined if the node is valid. */
function flawInNode(value: unknown): Path | undefined {
  if (typeof value === 'string') return undefined;
  return Array.isArray(value) ? firstFlaw(value.entries(), flawInTree) : flawInTree(value);
}

function flawInTree(value: unknown): Path | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return firstFlaw(Object.entries(value), flawInNode);
}

function firstFlaw(
  members: Iterable<[string | number, unknown]>,
  flawIn: (value: unknown) => Path | undefined,
): Path | undefined {
  for (const [name, member] of members) {
    // Assigning it would change the prototype of the object instead of adding an element.
    if (name === '__proto__') return [name];
    const flaw = flawIn(member);
    if (flaw) return [name, ...flaw];
  }
  return undefined;
}
