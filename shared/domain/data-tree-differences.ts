import type { DataNode, DataTree } from '#shared/contract/record.ts';
import type { RevisionChange } from '#shared/contract/revision.ts';

/** Every text of a tree by its path, rows by number from 0. What was stored has no order of its own. */
export function leavesOf(tree: DataTree): Map<string, string> {
  const leaves = new Map<string, string>();
  gather(tree, '', leaves);
  return leaves;
}

function gather(node: DataNode, path: string, leaves: Map<string, string>): void {
  if (typeof node === 'string') leaves.set(path, node);
  else for (const [step, child] of Object.entries(node)) gather(child, path === '' ? step : `${path}/${step}`, leaves);
}

/** The texts that differ between two trees; null where one of them has none. Rows are compared by their number. */
export function differences(from: DataTree, to: DataTree): RevisionChange[] {
  const before = leavesOf(from);
  const after = leavesOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, from: before.get(path) ?? null, to: after.get(path) ?? null }))
    .filter((change) => change.from !== change.to);
}
