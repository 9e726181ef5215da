import type { DataTree } from '#shared/contract/record.ts';
import { buildStageOf } from '../catalogue/called-for.ts';
import { nodesAt, numberAt, rowsAt, textAt } from '../data-tree.ts';
import { ok, violation, type Rule } from '../rule.ts';
import { categoryOf, categoryPath } from './entries.ts';
import { entriesNamed, missingOf } from './owed.ts';

const construction = 'CocDataGroup/GeneralConstructionGroup';

/**
 * R22. A warning: inferred from official samples, some of which count the tailgate only in its side. A side without
 * doors may be omitted.
 */
export const doorSum: Rule = {
  id: 'R22',
  key: 'doors.sum',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const stated = numberAt(data, `${construction}/NumberOfDoors`);
    const [sides] = rowsAt(data, 'CocDataGroup/ConfigurationDoorsGroup');
    if (stated === undefined || sides === undefined) return ok;
    const doors = Object.keys(sides).map((side) => numberAt(sides, side));
    if (doors.includes(undefined)) return ok;
    const sum = doors.reduce<number>((all, number) => all + number!, 0);
    return stated === sum ? ok : violation({ entry: 'numberOfDoors', params: { said: stated, sum } });
  },
};

/**
 * R23. Regulation (EU) 2018/858, Article 4. An incomplete bus may have only the driver's seat. Wheelchair positions
 * count as seats of a bus, but not of a car.
 */
export const seatsOfCategory: Rule = {
  id: 'R23',
  key: 'seats.category',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    const seats = seatsOf(data);
    if (category === null || seats === undefined) return ok;
    const bus = category === 'M2' || category === 'M3';
    const wheelchairs = numberAt(data, `${construction}/NumberOfWheelchairUserAccessiblePositions`) ?? 0;
    const right = bus ? seats + wheelchairs >= 10 || buildStageOf(data) === 'I' : category !== 'M1' || seats <= 9;
    return right ? ok : violation({ entry: 'seats', params: { category, seats } });
  },
};

function seatsOf(data: DataTree): number | undefined {
  const withDriver = numberAt(data, `${construction}/NumberOfSeatingPositionsIncludingDriver`);
  const withoutDriver = numberAt(data, `${construction}/NumberOfSeatingPositionsExcludingDriver`);
  return withDriver ?? (withoutDriver === undefined ? undefined : withoutDriver + 1);
}

const bodies: readonly [letter: string, categories: RegExp][] = [
  ['A', /^M1/],
  ['B', /^N/],
  ['C', /^M[23]/],
  ['D', /^O/],
];

/** Codes of a chassis: the finished vehicle determines the category. */
const chassis = new Set(['BX', 'CX']);

/**
 * R24. The code of a special purpose vehicle may be that of its base vehicle, and an incomplete vehicle of any category
 * may be a chassis.
 */
export const bodyOfCategory: Rule = {
  id: 'R24',
  key: 'body.category',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: () => 2,
  check({ data }) {
    const category = textAt(data, categoryPath) ?? '';
    if (category.endsWith('S')) return missingOf(data, specialPurposeEntries);
    return rowsAt(data, 'CocDataGroup/BodyworkTable/BodyworkGroup').flatMap((row, index) => {
      const code = textAt(row, 'CodeForBodywork') ?? '';
      const body = bodies.find(([letter]) => code.startsWith(letter));
      const unfinished = chassis.has(code) && buildStageOf(data) === 'I';
      return categoryOf(data) === null || !body || body[1].test(category) || unfinished
        ? ok
        : violation({ entry: 'bodywork', params: { code, category, at: `BodyworkGroup/${index + 1}` } });
    });
  },
};

export const specialPurposeEntries = entriesNamed('specialPurpose');

/** R25. The published example of the content check is an M2; for categories other than buses, R27 warns. */
export const colourOfCategory: Rule = {
  id: 'R25',
  key: 'colour.category',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    return (category === 'M2' || category === 'M3') && nodesAt(data, 'CocDataGroup/ColourTable').length > 0
      ? violation({ entry: 'colour', params: { category } })
      : ok;
  },
};
