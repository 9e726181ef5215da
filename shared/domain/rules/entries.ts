import type { DataTree } from '#shared/contract/record.ts';
import { buildStageOf, isExcepted } from '../catalogue/called-for.ts';
import { baseCategory, entries as allEntries, entriesFor, entryOf, requirementOf } from '../catalogue/catalogue.ts';
import { editionOf, type Edition } from '../catalogue/edition.ts';
import type { Entry, Format, VehicleCategory } from '../catalogue/entry.ts';
import { expectedInstead } from '../catalogue/format.ts';
import { textAt, textsAt } from '../data-tree.ts';
import { fromTexts, groupsOf, type ElementGroups } from '../element-groups.ts';
import { gapIn, isPresent, missingEnd } from '../present-value.ts';
import { ok, quote, violation, type Rule, type Violation } from '../rule.ts';

export const categoryPath = 'CocDataGroup/VehicleCategory';

export function categoryOf(data: DataTree): VehicleCategory | null {
  return baseCategory(textAt(data, categoryPath) ?? '');
}

/** R52. The category determines which entries a certificate needs; the catalogue covers M, N and O. */
export const categoryKnown: Rule = {
  id: 'R52',
  key: 'category.known',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = textAt(data, categoryPath) ?? '';
    return baseCategory(category) ? ok : violation({ entry: 'vehicleCategory', params: { category: quote(category) } });
  },
};

/** R50. Every mandatory entry of the category is present. Header and signature are added later, with the message. */
export const mandatoryEntries: Rule = {
  id: 'R50',
  key: 'entry.present',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: ({ data }) => askedOf(data).length,
  check: ({ data }) => askedOf(data).flatMap((entry) => absence(data, entry)),
};

function absence(data: DataTree, entry: Entry): readonly Violation[] {
  if (!isPresent(data, entry)) {
    const end = missingEnd(data, entry);
    return violation({ entry: entry.key, params: { ...titleParams(entry), ...(end ? { end } : {}) } });
  }
  const at = entry.each ? gapIn(data, entry) : null;
  return at === null ? ok : violation({ entry: entry.key, params: { ...titleParams(entry), at } });
}

/** R51. Every value has the notation that the schema of the message requires. */
export const entriesInFormat: Rule = {
  id: 'R51',
  key: 'entry.format',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data, today }) {
    const edition = editionOf(data);
    return fromTexts(data, elementsOf(data).all, ({ entry, format }, value) => {
      const expected = expectedInstead(format, value, today, edition);
      return expected === null
        ? null
        : { entry: entry.key, params: { ...titleParams(entry), value: quote(value), ...expected } };
    });
  },
};

const coded = allEntries.flatMap((entry) =>
  entry.format.kind === 'code' ? [[entry, entry.format.list] as const] : [],
);
const doubtfulIn = new Map<Edition, { entry: Entry; code: string; instead: string }[]>();

/** R62. A warning: the schema lists the code, apparently by mistake. */
export const codesMeant: Rule = {
  id: 'R62',
  key: 'code.doubtful',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const edition = editionOf(data);
    let doubtful = doubtfulIn.get(edition);
    if (!doubtful) {
      doubtful = edition.doubtful.flatMap(({ list, ...codes }) =>
        coded.filter(([, of]) => of === list).map(([entry]) => ({ entry, ...codes })),
      );
      doubtfulIn.set(edition, doubtful);
    }
    return doubtful
      .filter(({ entry, code }) => textsAt(data, entry.path).includes(code))
      .map(({ entry, code, instead }) => ({ entry: entry.key, params: { ...titleParams(entry), code, instead } }));
  },
};

/** R53. Whitespace around a value is kept, but is rarely intended. A warning: the schema allows it in text. */
export const noBlanksAround: Rule = {
  id: 'R53',
  key: 'entry.padded',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) =>
    fromTexts(data, elementsOf(data).texts, ({ entry }, value) =>
      value === value.trim() ? null : { entry: entry.key, params: { ...titleParams(entry), value: quote(value) } },
    ),
};

const cache = new Map<string, readonly Entry[]>();

/**
 * The mandatory entries to check. Without a known category, that is only the category itself. For an incomplete or
 * completed vehicle, it is only the first page; R41 and R57 check the known technical entries of its stage.
 */
function askedOf(data: DataTree): readonly Entry[] {
  const category = categoryOf(data);
  const firstPage = buildStageOf(data) !== 'C';
  const key = `${category} ${firstPage}`;
  let cached = cache.get(key);
  if (!cached) {
    cached = category
      ? entriesFor(category).filter(
          (entry) =>
            requirementOf(entry, category) === 'mandatory' &&
            (firstPage
              ? ['general', 'approval'].includes(entry.section)
              : !['message', 'signature'].includes(entry.section)),
        )
      : [entryOf('vehicleCategory')!];
    cache.set(key, cached);
  }
  return category ? cached.filter((entry) => !isExcepted(entry, data, category)) : cached;
}

interface Element {
  entry: Entry;
  path: string;
  format: Format;
}

interface Elements {
  all: readonly ElementGroups<Element>[];
  texts: readonly ElementGroups<Element>[];
}

const elements = new Map<VehicleCategory, Elements>();

/** Every element that may hold a value of an entry of the category, once. If the category is unknown, M1 is used. */
function elementsOf(data: DataTree): Elements {
  const category = categoryOf(data) ?? 'M1';
  let cached = elements.get(category);
  if (!cached) {
    const all = entriesFor(category).flatMap((entry) =>
      [entry, ...(entry.alternatives ?? []), ...(entry.parts ?? [])].map(({ path, format }) => ({
        entry,
        path,
        format,
      })),
    );
    const paths = all.map(({ path }) => path);
    const once = all.filter(({ path, format }, at) => format.kind !== 'group' && paths.indexOf(path) === at);
    cached = { all: groupsOf(once), texts: groupsOf(once.filter(({ format }) => format.kind === 'text')) };
    elements.set(category, cached);
  }
  return cached;
}

export const titleParams = ({ number, key }: Entry) => ({ number: number ?? '', entry: key });
