import type { DataNode, DataTree } from '#shared/contract/record.ts';

/**
 * One step of an address in a data tree. An address consists of element names:
 * `CocDataGroup/AxleTable/AxleGroup/1/AxleTrack`. A numeric step selects a row of a table. `[Name=value]` after a step
 * selects the rows in which that element has that text. Without either, the address covers every row.
 */
type Step = { name: string; where: readonly [string, string] | null; row: number | null };

const parsed = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  let steps = parsed.get(path);
  if (!steps) {
    steps = path.split('/').map((text) => {
      const [, name = text, key, value] = /^(\w+)\[(\w+)=([^\]]*)\]$/.exec(text) ?? [];
      return { name, where: key === undefined ? null : [key, value!], row: /^\d+$/.test(text) ? Number(text) : null };
    });
    if (parsed.size < 5000) parsed.set(path, steps);
  }
  return steps;
}

/** In the IVI message, every child of a `...Table` element is a row, even if there is only one. */
export function isRow(parent: string): boolean {
  return parent.endsWith('Table');
}

/** Every node at a path, in row order. */
export function nodesAt(tree: DataTree, path: string): DataNode[] {
  const nodes: DataNode[] = [];
  collect(tree, stepsOf(path), 0, nodes);
  return nodes;
}

function collect(node: DataNode, steps: readonly Step[], at: number, nodes: DataNode[]): void {
  const step = steps[at];
  if (!step) {
    nodes.push(node);
  } else if (typeof node === 'string') {
    return;
  } else if (Array.isArray(node)) {
    if (step.row === null) for (const row of node) collect(row, steps, at, nodes);
    else if (node[step.row] !== undefined) collect(node[step.row]!, steps, at + 1, nodes);
  } else if (Object.hasOwn(node, step.name)) {
    const child = node[step.name]!;
    if (step.where === null) collect(child, steps, at + 1, nodes);
    else if (Array.isArray(child)) {
      for (const row of child) if (row[step.where[0]] === step.where[1]) collect(row, steps, at + 1, nodes);
    }
  }
}

/** The texts at a path, as typed. */
export function textsAt(tree: DataTree, path: string): string[] {
  const texts: string[] = [];
  for (const node of nodesAt(tree, path)) if (typeof node === 'string') texts.push(node);
  return texts;
}

/** The rows of the table, or the group, at a path, in order. */
export function rowsAt(tree: DataTree, path: string): DataTree[] {
  return nodesAt(tree, path)
    .flat()
    .filter((node) => typeof node === 'object');
}

/** The first text at a path as a number; undefined if it is missing or not written like a number of a message. */
export function numberAt(tree: DataTree, path: string): number | undefined {
  const text = textAt(tree, path);
  return text !== undefined && /^-?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

/** The first text at a path; undefined if the element is missing. */
export function textAt(tree: DataTree, path: string): string | undefined {
  return textsAt(tree, path)[0];
}

/**
 * Returns a tree with the node at a path replaced. Null removes the node and any groups that become empty; if the node
 * does not exist, null changes nothing. Missing groups and rows on the path are created; a row number past the end
 * appends a row; without a row number the first row is used. The input tree is not modified.
 */
export function setAt(tree: DataTree, path: string, value: DataNode | null): DataTree {
  if (value === null && nodesAt(tree, path).length === 0) return tree;
  return (place(tree, stepsOf(path), value, '') as DataTree | undefined) ?? {};
}

function place(
  node: DataNode | undefined,
  [step, ...rest]: readonly Step[],
  value: DataNode | null,
  parent: string,
): DataNode | undefined {
  if (!step) return value ?? undefined;
  if (Array.isArray(node) || (node === undefined && step.row !== null)) {
    const rows = (node as DataTree[] | undefined) ?? [];
    return placeRow(rows, step.row ?? 0, step.row === null ? [step, ...rest] : rest, value, parent);
  }
  const group = typeof node === 'object' ? node : {};
  const child = Object.hasOwn(group, step.name) ? group[step.name] : undefined;
  let placed: DataNode | undefined;
  if (step.where) {
    const rows = Array.isArray(child) ? child : [];
    const at = rows.findIndex((row) => row[step.where![0]] === step.where![1]);
    placed = placeRow(rows, at < 0 ? rows.length : at, rest, value, step.name, step.where);
  } else if (isRow(parent) && rest.length > 0 && child === undefined && rest[0]!.row === null) {
    placed = placeRow([], 0, rest, value, step.name);
  } else {
    placed = place(child, rest, value, step.name);
  }
  const { [step.name]: _, ...others } = group;
  if (placed === undefined) return Object.keys(others).length > 0 ? others : undefined;
  return { ...group, [step.name]: placed };
}

function placeRow(
  rows: readonly DataTree[],
  at: number,
  rest: readonly Step[],
  value: DataNode | null,
  name: string,
  where: readonly [string, string] | null = null,
): DataNode | undefined {
  const present = rows[at] ?? (where && value !== null ? { [where[0]]: where[1] } : undefined);
  let placed = place(present, rest, value, name) as DataTree | undefined;
  // A row that holds only the key it was selected by has no content left.
  if (where && value === null && placed && Object.keys(placed).length === 1 && Object.hasOwn(placed, where[0])) {
    placed = undefined;
  }
  const next = [...rows.slice(0, at), ...(placed ? [placed] : []), ...rows.slice(at + 1)];
  return next.length > 0 ? next : undefined;
}
