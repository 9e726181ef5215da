import type { DataTree } from '#shared/contract/record.ts';
import { calledFor } from '../catalogue/called-for.ts';
import { entries } from '../catalogue/catalogue.ts';
import type { Entry } from '../catalogue/entry.ts';
import { convertorsOf, convertorsPath } from '../catalogue/powertrain.ts';
import { isPresent } from '../presence.ts';
import type { Trouble } from '../rule.ts';
import { categoryOf, titleParams } from './entries.ts';

/** An entry that this vehicle owes, and where: on one of its engines, or anywhere. */
interface Owed {
  entry: Entry;
  at?: string;
  given: boolean;
}

export function entriesNamed(...keys: string[]): readonly Entry[] {
  return entries.filter(({ key }) => keys.includes(key));
}

/** Which of these conditional entries the vehicle owes for certain; of no known category, none. */
export function owedOf(data: DataTree, among: readonly Entry[]): Owed[] {
  const category = categoryOf(data);
  if (category === null) return [];
  return among
    .filter((entry) => entry.categories.has(category) && calledFor(entry, data, category) === 'mandatory')
    .flatMap((entry) => placesOf(data, entry));
}

export function missingOf(data: DataTree, among: readonly Entry[]): Trouble[] {
  return owedOf(data, among)
    .filter(({ given }) => !given)
    .map(({ entry, at }) => ({
      entry: entry.key,
      params: { ...titleParams(entry), why: entry.when ?? entry.convertors![0]!, ...(at ? { at } : {}) },
    }));
}

function placesOf(data: DataTree, entry: Entry): Owed[] {
  const { convertors } = entry;
  if (!convertors) return [{ entry, given: isPresent(data, entry) }];
  const below = onConvertor(entry);
  return convertorsOf(data)
    .filter(({ kind }) => kind !== null && convertors.includes(kind))
    .map(({ row, at }) => ({ entry, at, given: isPresent(row, below) }));
}

const shortened = new Map<string, Pick<Entry, 'path' | 'alternatives'>>();

/** An entry's addresses as seen from the row of its engine. */
function onConvertor({ key, path, alternatives = [] }: Entry): Pick<Entry, 'path' | 'alternatives'> {
  let below = shortened.get(key);
  if (!below) {
    const cut = (address: string) => address.slice(convertorsPath.length + 1);
    below = { path: cut(path), alternatives: alternatives.map((part) => ({ ...part, path: cut(part.path) })) };
    shortened.set(key, below);
  }
  return below;
}
