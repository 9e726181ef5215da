import codeLists from './code-lists.json' with { type: 'json' };
import rows from './entries.json' with { type: 'json' };
import type { CodeListName, ConditionName, Entry, EntryPart, Requirement, VehicleCategory } from './entry.ts';

type EntryRow = Omit<Entry, 'categories'> & { categories: string };

/**
 * Every entry of the certificates for M1 to O4, in certificate order. Sources: the IVI 2.0 schema of 2026-02-26 and the
 * certificate forms of Regulation (EU) 2020/683. Each entry states the confidence in its source.
 */
export const entries: readonly Entry[] = (rows as unknown as EntryRow[]).map(({ categories, ...row }) => ({
  ...row,
  ...(row.range && { alternatives: [...endsOf(row), ...(row.alternatives ?? [])] }),
  categories: new Set(categories.split(' ') as VehicleCategory[]),
}));

function endsOf({ range, format }: Pick<Entry, 'range' | 'format'>): readonly EntryPart[] {
  return range ? [range.min, range.max].map((path) => ({ path, format })) : [];
}

const byKey = new Map(entries.map((entry) => [entry.key, entry]));

export function entryOf(key: string): Entry | undefined {
  return byKey.get(key);
}

/** The codes of a closed list with their meanings; empty if no public source gives the meaning. */
export function codesOf(list: CodeListName): Readonly<Record<string, string>> {
  return codeLists[list];
}

/**
 * The base category: `M1GS` is an M1, because off-road and special purpose vehicles have the entries of their base
 * category. Null if the code is not a category.
 */
export function baseCategory(code: string): VehicleCategory | null {
  if (!Object.hasOwn(codeLists.vehicleCategory, code)) return null;
  return code.slice(0, 2) as VehicleCategory;
}

const byCategory = new Map<VehicleCategory, readonly Entry[]>();

/** The entries that a certificate of this category may contain, in certificate order. */
export function entriesFor(category: VehicleCategory): readonly Entry[] {
  let cached = byCategory.get(category);
  if (!cached) byCategory.set(category, (cached = entries.filter((entry) => entry.categories.has(category))));
  return cached;
}

export function requirementOf(entry: Entry, category: VehicleCategory): Requirement {
  return entry.requirementByCategory?.[category] ?? entry.requirement;
}

/** The condition under which this category requires a conditional entry; undefined if none is known. */
export function conditionOf(entry: Entry, category: VehicleCategory): ConditionName | undefined {
  return entry.whenByCategory?.[category] ?? entry.when;
}
