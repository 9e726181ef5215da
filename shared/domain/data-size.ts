import type { Finding } from '#shared/contract/finding.ts';
import type { DataNode, DataTree } from '#shared/contract/record.ts';

/** Maximum number of rows in one table. The largest table in an official example has 16 rows. */
export const mostRows = 200;
/** Maximum number of elements of a record, including rows. Official examples have about 300. */
export const mostNodes = 10_000;
/** Maximum number of characters in one text. The longest text in an official example has a few hundred. */
export const longestText = 10_000;
/** Maximum number of characters of all texts and names together. Official examples have about 15,000. */
export const mostText = 250_000;

interface Size {
  nodes: number;
  /** Row count of the longest table; `table`: its name. */
  rows: number;
  table: string;
  /** Characters of the longest text or name; `text`: characters of all texts and names. */
  longest: number;
  text: number;
}

/** Measures a tree. Iterative, so that depth is unlimited. */
export function sizeOf(data: DataTree): Size {
  const size: Size = { nodes: 0, rows: 0, table: '', longest: 0, text: 0 };
  const read = ({ length }: string) => {
    size.longest = Math.max(size.longest, length);
    size.text += length;
  };
  const waiting: DataNode[] = [data];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') {
      read(node);
      continue;
    }
    if (Array.isArray(node)) {
      for (const row of node) waiting.push(row);
      continue;
    }
    for (const [name, child] of Object.entries(node)) {
      read(name);
      size.nodes += Array.isArray(child) ? child.length : 1;
      if (Array.isArray(child) && child.length > size.rows) [size.rows, size.table] = [child.length, name];
      waiting.push(child);
    }
  }
  return size;
}

/**
 * M38. Returns the first limit that the data exceeds, or null. A record that already exceeds a limit may be edited as
 * long as it does not grow.
 */
export function dataTooLarge(data: DataTree, before: DataTree = {}): Finding | null {
  const [now, was] = [sizeOf(data), sizeOf(before)];
  if (now.rows > Math.max(mostRows, was.rows))
    return tooLarge({ what: 'rows', table: now.table, count: now.rows, most: mostRows });
  if (now.nodes > Math.max(mostNodes, was.nodes))
    return tooLarge({ what: 'nodes', table: '', count: now.nodes, most: mostNodes });
  if (now.longest > Math.max(longestText, was.longest))
    return tooLarge({ what: 'longest', table: '', count: now.longest, most: longestText });
  if (now.text > Math.max(mostText, was.text))
    return tooLarge({ what: 'text', table: '', count: now.text, most: mostText });
  return null;
}

const tooLarge = (params: {
  what: 'rows' | 'nodes' | 'longest' | 'text';
  table: string;
  count: number;
  most: number;
}): Finding => ({
  rule: 'M38',
  key: 'data.tooLarge',
  params,
  severity: 'error',
  entry: null,
  mend: ['dataOwner', 'lead'],
});
