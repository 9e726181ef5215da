import type { DataNode, DataTree } from '#shared/contract/record.ts';
import type { Entry } from './catalogue/entry.ts';
import { nodesAt } from './data-tree.ts';

type Addressed = Pick<Entry, 'path' | 'alternatives'>;

/** Whether an entry is given anywhere, by its own element or by another that gives the same. */
export function isPresent(data: DataTree, { path, alternatives }: Addressed): boolean {
  if (nodesAt(data, path).some(isGiven)) return true;
  return alternatives !== undefined && alternatives.some((part) => nodesAt(data, part.path).some(isGiven));
}

/**
 * The first row that should hold an entry and does not, as element names and numbers from 1: `AxleGroup/2`,
 * `AxleGroup/2/TyreAxleGroup/1`. Null where every row of every table on the way holds it.
 */
export function gapIn(data: DataTree, { path, alternatives = [] }: Addressed): string | null {
  const steps = path.split('/');
  const leaves = [path, ...alternatives.map((part) => part.path)].map((address) => address.split('/').at(-1)!);
  return gapBelow(data, steps.slice(0, -1), leaves, '');
}

function gapBelow(node: DataNode | undefined, steps: readonly string[], leaves: string[], rows: string): string | null {
  if (typeof node !== 'object' || Array.isArray(node)) return rows;
  const [step, ...rest] = steps;
  if (step === undefined) return leaves.some((leaf) => isGiven(node[leaf])) ? null : rows;
  const child = node[step];
  if (!Array.isArray(child)) return gapBelow(child, rest, leaves, rows);
  for (const [at, row] of child.entries()) {
    const gap = gapBelow(row, rest, leaves, `${rows && `${rows}/`}${step}/${at + 1}`);
    if (gap !== null) return gap;
  }
  return null;
}

const isGiven = (node: DataNode | undefined): boolean => node !== undefined && node !== '';
