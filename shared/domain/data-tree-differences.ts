import type { DataNode, DataTree } from '#shared/contract/record.ts';
import type { RevisionChange } from '#shared/contract/revision.ts';

/**
 * Maps the path of every text in a tree to the text; rows are numbered from 0. The order of stored data is not
 * significant.
 */
export function leavesOf(tree: DataTree): Map<string, string> {
  const leaves = new Map<string, string>();
  gather(tree, '', leaves);
  return leaves;
}

function gather(node: DataNode, path: string, leaves: Map<string, string>): void {
  if (typeof node === 'string') leaves.set(path, node);
  else for (const [step, child] of Object.entries(node)) gather(child, path === '' ? step : `${path}/${step}`, leaves);
}

/**
 * The texts that differ between two trees; null on the side where a text is missing. Rows are compared by their number.
 */
export function differences(from: DataTree, to: DataTree): RevisionChange[] {
  const before = leavesOf(from);
  const after = leavesOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, from: before.get(path) ?? null, to: after.get(path) ?? null }))
    .filter((change) => change.from !== change.to);
}
