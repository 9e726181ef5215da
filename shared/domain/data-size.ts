import type { Finding } from '#shared/contract/finding.ts';
import type { DataNode, DataTree } from '#shared/contract/record.ts';

/** Rows of one table. The longest in an official example has 16. */
export const mostRows = 200;
/** Elements of a record, rows included. Official examples have some 300. */
export const mostNodes = 10_000;

interface Size {
  nodes: number;
  /** Of the longest table, and its name. */
  rows: number;
  table: string;
}

/** How large a tree is; counted without recursion, so that one of any depth is. */
export function sizeOf(data: DataTree): Size {
  const size: Size = { nodes: 0, rows: 0, table: '' };
  const waiting: DataNode[] = [data];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') continue;
    if (Array.isArray(node)) {
      for (const row of node) waiting.push(row);
      continue;
    }
    for (const [name, child] of Object.entries(node)) {
      size.nodes += Array.isArray(child) ? child.length : 1;
      if (Array.isArray(child) && child.length > size.rows) [size.rows, size.table] = [child.length, name];
      waiting.push(child);
    }
  }
  return size;
}

/**
 * M38. What a record's data has too much of, compared with what it had before: a larger record that is there already may
 * be edited as long as it does not grow.
 */
export function dataTooLarge(data: DataTree, before: DataTree = {}): Finding | null {
  const [now, was] = [sizeOf(data), sizeOf(before)];
  if (now.rows > Math.max(mostRows, was.rows))
    return tooLarge({ what: 'rows', table: now.table, count: now.rows, most: mostRows });
  if (now.nodes > Math.max(mostNodes, was.nodes))
    return tooLarge({ what: 'nodes', table: '', count: now.nodes, most: mostNodes });
  return null;
}

const tooLarge = (params: { what: 'rows' | 'nodes'; table: string; count: number; most: number }): Finding => ({
  rule: 'M38',
  key: 'data.tooLarge',
  params,
  severity: 'error',
  entry: null,
  mend: ['dataOwner', 'lead'],
});
