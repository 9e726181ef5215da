import type { DataTree } from '#shared/contract/record.ts';
import { calledFor } from '../catalogue/called-for.ts';
import { conditionOf, entries, requirementOf } from '../catalogue/catalogue.ts';
import type { Entry, EntryPart } from '../catalogue/entry.ts';
import { convertorsOf, convertorsPath } from '../catalogue/powertrain.ts';
import { nodesAt } from '../data-tree.ts';
import { isPresent } from '../present-value.ts';
import type { Violation } from '../rule.ts';
import { categoryOf, titleParams } from './entries.ts';

/** An entry that this vehicle requires. `at`: the engine that requires it; omitted: the vehicle. */
interface Owed {
  entry: Entry;
  at?: string;
  given: boolean;
}

export function entriesNamed(...keys: string[]): readonly Entry[] {
  return entries.filter(({ key }) => keys.includes(key));
}

/**
 * The conditional entries among these that the vehicle certainly requires; empty without a known category. If the
 * category makes an entry mandatory, R50 checks it.
 */
export function owedOf(data: DataTree, among: readonly Entry[]): Owed[] {
  const category = categoryOf(data);
  if (category === null) return [];
  return among
    .filter(
      (entry) =>
        entry.categories.has(category) &&
        requirementOf(entry, category) === 'conditional' &&
        calledFor(entry, data, category) === 'mandatory',
    )
    .flatMap((entry) => placesOf(data, entry));
}

export function missingOf(data: DataTree, among: readonly Entry[]): Violation[] {
  const category = categoryOf(data);
  return owedOf(data, among)
    .filter(({ given }) => !given)
    .map(({ entry, at }) => ({
      entry: entry.key,
      params: {
        ...titleParams(entry),
        why: conditionOf(entry, category!) ?? entry.convertors![0]!,
        ...(at ? { at } : {}),
      },
    }));
}

function placesOf(data: DataTree, entry: Entry): Owed[] {
  const { convertors } = entry;
  if (!convertors) return [{ entry, given: isPresent(data, entry) }];
  const { below, above } = onConvertor(entry);
  const elsewhere = above.some(({ path }) => nodesAt(data, path).length > 0);
  return convertorsOf(data)
    .filter(({ kind }) => kind !== null && convertors.includes(kind))
    .map(({ row, at }) => ({ entry, at, given: elsewhere || isPresent(row, below) }));
}

interface OnConvertor {
  below: Pick<Entry, 'path' | 'range' | 'alternatives'>;
  /** Elements that give the entry for the whole vehicle. */
  above: readonly EntryPart[];
}

const shortened = new Map<string, OnConvertor>();

/** The addresses of an entry relative to the row of its engine. */
function onConvertor({ key, path, range, alternatives = [] }: Entry): OnConvertor {
  let cached = shortened.get(key);
  if (!cached) {
    const cut = (address: string) => address.slice(convertorsPath.length + 1);
    const isBelow = (part: EntryPart) => part.path.startsWith(`${convertorsPath}/`);
    cached = {
      below: {
        path: cut(path),
        ...(range && { range: { min: cut(range.min), max: cut(range.max) } }),
        alternatives: alternatives.filter(isBelow).map((part) => ({ ...part, path: cut(part.path) })),
      },
      above: alternatives.filter((part) => !isBelow(part)),
    };
    shortened.set(key, cached);
  }
  return cached;
}
