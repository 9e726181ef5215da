import type { DataTree } from '#shared/contract/record.ts';
import { entries, entriesFor, entryOf } from '../catalogue/catalogue.ts';
import type { Entry, EntryPart, VehicleCategory } from '../catalogue/entry.ts';
import { rowsAt, textAt } from '../data-tree.ts';
import { fromTexts, groupsOf, type ElementGroups } from '../element-groups.ts';
import type { Rule, Violation } from '../rule.ts';
import { axlesPath } from './axles.ts';
import { categoryOf, titleParams } from './entries.ts';

interface Foreign {
  entry: Entry;
  path: string;
  indicator: boolean;
}

const partsOf = ({ path, format, alternatives = [], parts = [] }: Entry): EntryPart[] =>
  [{ path, format }, ...alternatives, ...parts].filter((part) => part.format.kind !== 'group');

/** Elements that R25 and R42 report. */
const forbiddenElsewhere = (category: VehicleCategory, path: string) =>
  /^CocDataGroup\/MechanicalCoupling\w*Table\//.test(path) ||
  (/^M[23]$/.test(category) && path.startsWith('CocDataGroup/ColourTable/'));

type ForeignGroups = Record<'indicators' | 'others', readonly ElementGroups<Foreign>[]>;
const foreign = new Map<VehicleCategory, ForeignGroups>();

/** The elements of entries that exist only in certificates of other categories, each once. */
function foreignTo(category: VehicleCategory): ForeignGroups {
  let cached = foreign.get(category);
  if (!cached) {
    const own = new Set(entriesFor(category).flatMap((entry) => partsOf(entry).map(({ path }) => path)));
    const others = entries
      .filter((entry) => !entry.categories.has(category))
      .flatMap((entry) => partsOf(entry).map((part) => ({ entry, part })))
      .filter(({ part }) => !own.has(part.path) && !forbiddenElsewhere(category, part.path));
    const once = [...new Map(others.map((other) => [other.part.path, other])).values()].map(({ entry, part }) => ({
      entry,
      path: part.path,
      indicator: part.format.kind === 'code' && part.format.list === 'indicator',
    }));
    cached = {
      indicators: groupsOf(once.filter(({ indicator }) => indicator)),
      others: groupsOf(once.filter(({ indicator }) => !indicator)),
    };
    foreign.set(category, cached);
  }
  return cached;
}

function strangers(data: DataTree, which: keyof ForeignGroups): Violation[] {
  const category = categoryOf(data);
  if (category === null) return [];
  const there = fromTexts(data, foreignTo(category)[which], ({ entry, path }) => ({ entry, path }));
  return there
    .filter(({ path }, at) => path !== there[at - 1]?.path)
    .map(({ entry }) => ({ entry: entry.key, params: { ...titleParams(entry), category } }));
}

const axleFlags: readonly [key: string, flag: string][] = [
  ['numberOfPoweredAxles', 'PoweredAxleIndicator'],
  ['numberOfSteeredAxles', 'SteeredAxleIndicator'],
  ['numberOfTwinWheelAxles', 'TwinWheelsAxleIndicator'],
];

/**
 * R26. A warning: the lists of the categories are inferred. R50 reports missing indicators that are entries of their
 * own.
 */
export const indicatorsExplicit: Rule = {
  id: 'R26',
  key: 'indicator.explicit',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    if (category === null) return [];
    const missing = axleFlags
      .filter(([key]) => entryOf(key)!.categories.has(category))
      .flatMap(([key, flag]) =>
        rowsAt(data, axlesPath).flatMap((axle, index) =>
          textAt(axle, flag)
            ? []
            : [{ entry: key, params: { ...titleParams(entryOf(key)!), at: `AxleGroup/${index + 1}` } }],
        ),
      );
    return [...missing, ...strangers(data, 'indicators')];
  },
};

/**
 * R27. A warning: the lists of the categories are inferred. Elements that are not an entry of any category are ignored.
 */
export const nothingForeign: Rule = {
  id: 'R27',
  key: 'field.notForCategory',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => strangers(data, 'others'),
};
