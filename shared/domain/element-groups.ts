import type { DataTree } from '#shared/contract/record.ts';
import { rowsAt } from './data-tree.ts';

/** Elements by parent group, so that a missing group is looked up once, not once per element. */
export interface ElementGroups<T> {
  parent: string;
  leaves: readonly { name: string; item: T; order: number }[];
}

export function groupsOf<T extends { path: string }>(items: readonly T[]): readonly ElementGroups<T>[] {
  const groups = new Map<string, { name: string; item: T; order: number }[]>();
  for (const [order, item] of items.entries()) {
    const cut = item.path.lastIndexOf('/');
    const parent = item.path.slice(0, cut);
    const leaves = groups.get(parent) ?? [];
    groups.set(parent, [...leaves, { name: item.path.slice(cut + 1), item, order }]);
  }
  return [...groups].map(([parent, leaves]) => ({ parent, leaves }));
}

/** The non-null results of `check` for each text of these elements, ordered by element, then by row. */
export function fromTexts<T, R>(
  data: DataTree,
  groups: readonly ElementGroups<T>[],
  check: (item: T, text: string) => R | null,
): R[] {
  const made: [order: number, result: R][] = [];
  for (const { parent, leaves } of groups) {
    for (const row of rowsAt(data, parent)) {
      for (const { name, item, order } of leaves) {
        const text = row[name];
        if (typeof text !== 'string') continue;
        const result = check(item, text);
        if (result !== null) made.push([order, result]);
      }
    }
  }
  return made.sort(([a], [b]) => a - b).map(([, result]) => result);
}
