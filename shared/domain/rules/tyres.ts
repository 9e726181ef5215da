import type { DataTree } from '#shared/contract/record.ts';
import { entryOf } from '../catalogue/catalogue.ts';
import { numberAt, rowsAt, textAt, textsAt } from '../data-tree.ts';
import type { Rule, Violation } from '../rule.ts';
import { axlesPath } from './axles.ts';
import { categoryOf, titleParams } from './entries.ts';
import { entriesNamed } from './owed.ts';

interface Tyre {
  row: DataTree;
  axle: DataTree;
  at: string;
}

const axlesWithTyres = (data: DataTree): { at: string; axle: DataTree; tyres: Tyre[] }[] =>
  rowsAt(data, axlesPath).map((axle, index) => {
    const at = `AxleGroup/${index + 1}`;
    const rows = rowsAt(axle, 'TyreAxleTable/TyreAxleGroup');
    return { at, axle, tyres: rows.map((row, tyre) => ({ row, axle, at: `${at}/TyreAxleGroup/${tyre + 1}` })) };
  });

const fittedOf = ({ row }: Tyre) => textAt(row, 'TyreFittedProductionIndicator');

export const tyreClassEntries = entriesNamed('rollingResistanceClass', 'tyreCategory');

/** R35. A warning: inferred from official samples. Class and category are required only on light vehicles. */
export const tyreFitted: Rule = {
  id: 'R35',
  key: 'tyre.fitted',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const light = ['M1', 'N1'].includes(categoryOf(data) ?? '');
    return axlesWithTyres(data).flatMap(({ at, tyres }) => {
      const fitted = tyres.filter((tyre) => fittedOf(tyre) === 'Y');
      const allMarked = tyres.length > 0 && tyres.every((tyre) => ['Y', 'N'].includes(fittedOf(tyre) ?? ''));
      const miscounted: Violation[] =
        allMarked && fitted.length !== 1 ? [{ entry: 'tyreFitted', params: { fitted: fitted.length, at } }] : [];
      return light ? [...miscounted, ...fitted.flatMap(unclassed)] : miscounted;
    });
  },
};

function unclassed({ row, at }: Tyre): Violation[] {
  return tyreClassEntries
    .filter(({ path }) => !textAt(row, path.slice(path.lastIndexOf('/') + 1)))
    .map((entry) => ({ entry: entry.key, params: { ...titleParams(entryOf(entry.key)!), at } }));
}

/** Load capacity in kg at the indices 100 to 179. An index higher by 80 means ten times the capacity. */
const capacities = [
  800, 825, 850, 875, 900, 925, 950, 975, 1000, 1030, 1060, 1090, 1120, 1150, 1180, 1215, 1250, 1285, 1320, 1360, 1400,
  1450, 1500, 1550, 1600, 1650, 1700, 1750, 1800, 1850, 1900, 1950, 2000, 2060, 2120, 2180, 2240, 2300, 2360, 2430,
  2500, 2575, 2650, 2725, 2800, 2900, 3000, 3075, 3150, 3250, 3350, 3450, 3550, 3650, 3750, 3875, 4000, 4125, 4250,
  4375, 4500, 4625, 4750, 4875, 5000, 5150, 5300, 5450, 5600, 5800, 6000, 6150, 6300, 6500, 6700, 6900, 7100, 7300,
  7500, 7750,
] as const;

export function loadCapacity(index: number): number {
  const step = Math.floor((index - 100) / 80);
  return capacities[index - 100 - step * 80]! * 10 ** step;
}

/** R36. A warning, because it is derived: the standards allow a tyre a higher load at a lower speed. */
export const tyreLoad: Rule = {
  id: 'R36',
  key: 'tyre.load',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => axlesWithTyres(data).flatMap(({ tyres }) => tyres.flatMap(tooWeak)),
};

function tooWeak({ row, axle, at }: Tyre): Violation[] {
  const mass = numberAt(axle, 'TechnicallyPermissibleMassAxle');
  const single = numberAt(row, 'LoadCapacityIndexSingleWheel');
  const flag = textAt(axle, 'TwinWheelsAxleIndicator') ?? 'N';
  if (flag !== 'Y' && flag !== 'N') return [];
  const twin = flag === 'Y';
  const index = (twin ? numberAt(row, 'LoadCapacityIndexTwinWheel') : undefined) ?? single;
  if (mass === undefined || index === undefined || !Number.isInteger(index) || index < 0 || index > 279) return [];
  const wheels = twin ? 4 : 2;
  const carries = Math.floor(loadCapacity(index) * wheels);
  return carries >= mass ? [] : [{ entry: 'loadIndex', params: { at, index, wheels, carries, mass } }];
}

const symbols = 'A1 A2 A3 A4 A5 A6 A7 A8 B C D E F G J K L M N P Q R S T U H V W Y Z'.split(' ');
const kmh = [
  5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 65, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210,
  240, 270, 300,
];
/**
 * The maximum speed of each symbol, in km/h. Z has no limit; no public source defines the symbols I and O of the
 * schema.
 */
const speeds = new Map(symbols.map((symbol, at) => [symbol, kmh[at] ?? Infinity]));

const winter = new Set(['MS', 'MST']);

/** R37. A warning, because it is derived. A winter tyre may be rated below the maximum speed of the vehicle. */
export const tyreSpeed: Rule = {
  id: 'R37',
  key: 'tyre.speed',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const speed = numberAt(data, 'CocDataGroup/MaximumSpeed');
    if (speed === undefined) return [];
    return axlesWithTyres(data).flatMap(({ tyres }) =>
      tyres.flatMap(({ row, at }) => {
        const symbol = textAt(row, 'SpeedCategorySymbol') ?? '';
        const allows = speeds.get(symbol) ?? Infinity;
        const isWinter = textsAt(row, 'TyreTypeTable/TyreTypeGroup/TyreType').some((type) => winter.has(type));
        return allows >= speed || isWinter ? [] : [{ entry: 'speedSymbol', params: { at, symbol, allows, speed } }];
      }),
    );
  },
};
