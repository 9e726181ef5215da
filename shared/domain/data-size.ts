import type { Finding } from '#shared/contract/finding.ts';
import type { DataNode, DataTree } from '#shared/contract/record.ts';

/** Rows of one table. The longest in an official example has 16. */
export const mostRows = 200;
/** Elements of a record, rows included. Official examples have some 300. */
export const mostNodes = 10_000;
/** Characters of one text. The longest in an official example has some hundred. */
export const longestText = 10_000;
/** Characters of all texts and names together. Official examples have some 15,000. */
export const mostText = 250_000;

interface Size {
  nodes: number;
  /** Of the longest table, and its name. */
  rows: number;
  table: string;
  /** Characters of the longest text or name, and of all together. */
  longest: number;
  text: number;
}

/** How large a tree is; counted without recursion, so that one of any depth is. */
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
 * M38. What a record's data has too much of, compared with what it had before: a larger record that is there already may
 * be edited as long as it does not grow.
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
