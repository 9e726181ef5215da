import type { DataNode, DataTree } from '#shared/contract/record.ts';
import type { Entry, EntryPart } from './catalogue/entry.ts';
import { nodesAt } from './data-tree.ts';

type Addressed = Pick<Entry, 'path' | 'range' | 'alternatives'>;

/** Whether an entry has a value anywhere: in its own element, as both ends of a range, or in an alternative element. */
export function isPresent(data: DataTree, { path, range, alternatives }: Addressed): boolean {
  if (nodesAt(data, path).some(isGiven)) return true;
  if (alternatives === undefined) return false;
  const given = (address: string) => nodesAt(data, address).some(isGiven);
  return (
    (range && given(range.min) && given(range.max)) || othersOf(range, alternatives).some((part) => given(part.path))
  );
}

/** The missing end of a range of which only one end has a value; otherwise null. */
export function missingEnd(data: DataTree, { range }: Addressed): 'minimum' | 'maximum' | null {
  if (!range) return null;
  const [min, max] = [range.min, range.max].map((path) => nodesAt(data, path).some(isGiven));
  if (min === max) return null;
  return min ? 'maximum' : 'minimum';
}

const othersOf = (range: Addressed['range'], alternatives: readonly EntryPart[]) =>
  range ? alternatives.filter(({ path }) => path !== range.min && path !== range.max) : alternatives;

/**
 * The first row that lacks the entry, as element names and numbers from 1: `AxleGroup/2`,
 * `AxleGroup/2/TyreAxleGroup/1`. Null if every row of every table on the path has it.
 */
export function gapIn(data: DataTree, entry: Entry): string | null {
  let way = wayTo.get(entry);
  if (!way) wayTo.set(entry, (way = describeWay(entry)));
  return gapBelow(data, way.steps, way.ways, '');
}

interface Way {
  steps: readonly string[];
  ways: readonly (readonly string[])[];
}
const wayTo = new WeakMap<Entry, Way>();

function describeWay({ path, range, alternatives = [] }: Entry): Way {
  const singles = [path, ...othersOf(range, alternatives).map((part) => part.path)].map((address) => [address]);
  const ways = range ? [...singles, [range.min, range.max]] : singles;
  const leafOf = (address: string) => address.slice(address.lastIndexOf('/') + 1);
  return { steps: path.split('/').slice(0, -1), ways: ways.map((way) => way.map(leafOf)) };
}

/** `ways`: alternative sets of elements; the entry is present if one set is complete. */
function gapBelow(
  node: DataNode | undefined,
  steps: readonly string[],
  ways: readonly (readonly string[])[],
  rows: string,
): string | null {
  if (typeof node !== 'object' || Array.isArray(node)) return rows;
  const [step, ...rest] = steps;
  if (step === undefined) return ways.some((way) => way.every((leaf) => isGiven(node[leaf]))) ? null : rows;
  const child = node[step];
  if (!Array.isArray(child)) return gapBelow(child, rest, ways, rows);
  for (const [at, row] of child.entries()) {
    const gap = gapBelow(row, rest, ways, `${rows && `${rows}/`}${step}/${at + 1}`);
    if (gap !== null) return gap;
  }
  return null;
}

const isGiven = (node: DataNode | undefined): boolean => node !== undefined && node !== '';
