import type { DataTree } from '#shared/contract/record.ts';
import { buildStagePath } from '../catalogue/called-for.ts';
import { baseCategory, entriesFor, entryOf, requirementOf } from '../catalogue/catalogue.ts';
import type { Entry, Format, VehicleCategory } from '../catalogue/entry.ts';
import { expectedInstead } from '../catalogue/format.ts';
import { textAt, textsAt } from '../data-tree.ts';
import { gapIn, isPresent } from '../presence.ts';
import { fine, quote, wrong, type Rule, type Trouble } from '../rule.ts';

export const categoryPath = 'CocDataGroup/VehicleCategory';

/** R52. Which entries a certificate needs hangs on its category; the catalogue has M, N and O. */
export const categoryKnown: Rule = {
  id: 'R52',
  key: 'category.known',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = textAt(data, categoryPath) ?? '';
    return baseCategory(category) ? fine : wrong({ entry: 'vehicleCategory', params: { category: quote(category) } });
  },
};

/** R50. Every mandatory entry of the category is there. Header and signature come later, with the message. */
export const mandatoryEntries: Rule = {
  id: 'R50',
  key: 'entry.present',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: ({ data }) => askedOf(data).length,
  check: ({ data }) => askedOf(data).flatMap((entry) => absence(data, entry)),
};

function absence(data: DataTree, entry: Entry): readonly Trouble[] {
  if (!isPresent(data, entry)) return wrong({ entry: entry.key, params: title(entry) });
  const at = entry.each ? gapIn(data, entry) : null;
  return at === null ? fine : wrong({ entry: entry.key, params: { ...title(entry), at } });
}

/** R51. Every value stands in the notation the schema of the message asks for. */
export const entriesInFormat: Rule = {
  id: 'R51',
  key: 'entry.format',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check: ({ data, today }) =>
    elementsOf(data).flatMap(({ entry, path, format }) =>
      textsAt(data, path).flatMap((value) => {
        const expected = expectedInstead(format, value, today);
        return expected === null
          ? []
          : [{ entry: entry.key, params: { ...title(entry), value: quote(value), expected } }];
      }),
    ),
};

/** R53. Blanks around a value are kept, and are hardly ever meant. A warning: the schema allows them in text. */
export const noBlanksAround: Rule = {
  id: 'R53',
  key: 'entry.padded',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) =>
    elementsOf(data)
      .filter(({ format }) => format.kind === 'text')
      .flatMap(({ entry, path }) =>
        textsAt(data, path)
          .filter((value) => value !== value.trim())
          .map((value) => ({ entry: entry.key, params: { ...title(entry), value: quote(value) } })),
      ),
};

/** R54. A warning, so that nobody takes the short list of what is asked for the whole of what is owed. */
export const completeVehicle: Rule = {
  id: 'R54',
  key: 'stage.complete',
  severity: 'warning',
  mend: ['dataOwner', 'reviewer'],
  check: ({ data }) =>
    isOneOfSeveralStages(data)
      ? wrong({ entry: 'stageOfCompletion', params: { stage: textAt(data, buildStagePath)! } })
      : fine,
};

function isOneOfSeveralStages(data: DataTree): boolean {
  return ['I', 'V'].includes(textAt(data, buildStagePath) ?? '');
}

const asked = new Map<string, readonly Entry[]>();

/**
 * Without a known category only the category itself can be asked for. Of an incomplete or completed vehicle only the
 * first page is: which technical entries its stage owes is not known to the catalogue yet.
 */
function askedOf(data: DataTree): readonly Entry[] {
  const category = baseCategory(textAt(data, categoryPath) ?? '');
  const firstPage = isOneOfSeveralStages(data);
  const key = `${category} ${firstPage}`;
  let found = asked.get(key);
  if (!found) {
    found = category
      ? entriesFor(category).filter(
          (entry) =>
            requirementOf(entry, category) === 'mandatory' &&
            (firstPage
              ? ['general', 'approval'].includes(entry.section)
              : !['message', 'signature'].includes(entry.section)),
        )
      : [entryOf('vehicleCategory')!];
    asked.set(key, found);
  }
  return found;
}

interface Element {
  entry: Entry;
  path: string;
  format: Format;
}

const elements = new Map<VehicleCategory, readonly Element[]>();

/** Every element that holds a value of an entry of the category, once; while that is not known, of an M1. */
function elementsOf(data: DataTree): readonly Element[] {
  const category = baseCategory(textAt(data, categoryPath) ?? '') ?? 'M1';
  let found = elements.get(category);
  if (!found) {
    const all = entriesFor(category).flatMap((entry) =>
      [entry, ...(entry.alternatives ?? []), ...(entry.parts ?? [])].map(({ path, format }) => ({
        entry,
        path,
        format,
      })),
    );
    const paths = all.map(({ path }) => path);
    found = all.filter(({ path, format }, at) => format.kind !== 'group' && paths.indexOf(path) === at);
    elements.set(category, found);
  }
  return found;
}

const title = ({ number, name }: Entry) => ({ number: number ?? '', name });
