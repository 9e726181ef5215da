import type { DataTree } from '#shared/contract/record.ts';
import { codesOf, entryOf } from '../catalogue/catalogue.ts';
import type { Entry } from '../catalogue/entry.ts';
import { numberAt, textAt, textsAt } from '../data-tree.ts';
import type { Rule } from '../rule.ts';
import { categoryOf, titleParams } from './entries.ts';

const of = 'CocDataGroup';
const isLight = (data: DataTree) => ['M1', 'N1'].includes(categoryOf(data) ?? '');

/** A value, or the upper end of its range. */
const largestAt = (data: DataTree, path: string, kind: 'Adjustable' | 'Variable') =>
  numberAt(data, path) ?? numberAt(data, `${path}${kind}Max`);

const lengthOf = (data: DataTree) => largestAt(data, `${of}/DimensionGroup/Length`, 'Adjustable');
const ladenOf = (data: DataTree) =>
  largestAt(data, `${of}/MassGroup/TechnicallyPermissibleMaximumLadenMass`, 'Variable');
const runningOf = (data: DataTree) => largestAt(data, `${of}/MassGroup/MassInRunningOrder`, 'Variable');

const combinationOf = (data: DataTree) => numberAt(data, entryOf('maxCombinationMass')!.path);

/**
 * Limit in kg: a quarter of the towable mass or, for a trailer, of its laden mass. A semi-trailer puts more on its
 * tractor, but never its full laden mass.
 */
function verticalOf(data: DataTree): number | undefined {
  const body = textAt(data, `${of}/BodyworkTable/BodyworkGroup/CodeForBodywork`);
  if (body === 'BC' || (body !== undefined && !Object.hasOwn(codesOf('bodywork'), body))) return undefined;
  if (body === 'DA') return ladenOf(data);
  const heaviest = categoryOf(data)?.startsWith('O')
    ? (ladenOf(data) ?? 0)
    : greatest(data, entryOf('towableUnbraked')!.path.replace('[BrakedTypeTrail=UNB]', ''));
  return heaviest === 0 ? undefined : heaviest / 4;
}

const greatest = (data: DataTree, path: string) =>
  Math.max(0, ...textsAt(data, path).map(Number).filter(Number.isFinite));

const netPowerOf = (data: DataTree) =>
  Math.max(...pathsOf(entryOf('maxNetPowerElectric')!).map((path) => greatest(data, path))) || undefined;

/** Limit in kW: 0.4 per kg of a light vehicle, 0.15 per kg of a heavy one. */
function powerOf(data: DataTree): number | undefined {
  const mass = runningOf(data);
  return mass && mass * (isLight(data) ? 0.4 : 0.15);
}

function wheelsOf(data: DataTree): number | undefined {
  const axles = numberAt(data, `${of}/GeneralConstructionGroup/NumberOfAxles`);
  const twinPath = `${of}/GeneralConstructionGroup/NumberOfAxlesWithTwinWheels`;
  const twin = textAt(data, twinPath) === undefined ? 0 : numberAt(data, twinPath);
  return axles === undefined || twin === undefined ? undefined : 2 * (axles + twin);
}

/** Values above these limits are rarely correct; by catalogue key, in the unit of the entry. */
const most: Readonly<Record<string, number | ((data: DataTree) => number | undefined)>> = {
  numberOfWheels: wheelsOf,
  // The length of a motor vehicle is compared with its wheelbase (R58).
  length: (data) => (categoryOf(data)?.startsWith('O') ? 25_250 : undefined),
  massDistribution: runningOf,
  registrationMaxLadenMass: ladenOf,
  additionalMassAlternativePropulsion: 4000,
  towableDrawbar: combinationOf,
  towableCentreAxle: combinationOf,
  // Only an O1 may have no brakes.
  towableUnbraked: 750,
  maxVerticalCouplingMass: verticalOf,
  frontEndToCoupling: lengthOf,
  couplingToRearEnd: lengthOf,
  cylinders: 16,
  engineCapacity: (data) => (isLight(data) ? 8400 : 20_000),
  maxNetPowerCombustion: powerOf,
  maxNetPowerElectric: powerOf,
  max30MinPower: netPowerOf,
  maxNetPowerSpeed: 12_000,
  rimOffset: 250,
  seats: (data) => (categoryOf(data)?.startsWith('N') ? 9 : 200),
  standingPlaces: 200,
  soundDriveBy: 100,
  soundStationary: 130,
  soundStationarySpeed: 10_000,
  smokeCoefficient: 3,
  testMass: ladenOf,
  rangePure: 1500,
  rangeEaer: 500,
  rangeAer: 500,
  ...alike(600, 'co2', ['', 'ChargeSustaining']),
  ...alike(40, 'fuelConsumption', ['', 'ChargeSustaining']),
  ...alike(600, 'ecPure', ['']),
  ...alike(600, 'ecOvc', ['']),
  ecOvcCity: 600,
  ecOvcWeightedCombined: 600,
};

function alike(value: number, prefix: string, kinds: readonly string[]): Record<string, number> {
  const phases = ['Low', 'Medium', 'High', 'ExtraHigh', 'Combined'];
  return Object.fromEntries(
    kinds.flatMap((kind) => phases.map((phase) => [`${prefix}${kind}${phase}`, value] as const)),
  );
}

/** The paths of all elements that give an entry. */
const pathsOf = ({ path, alternatives = [] }: Entry) => [path, ...alternatives.map((part) => part.path)];

/** The texts of the first path that has a value. */
function givenAt(data: DataTree, paths: readonly string[]): string[] {
  for (const path of paths) {
    const texts = textsAt(data, path);
    if (texts.length > 0) return texts;
  }
  return [];
}

const limits = Object.entries(most).map(([key, limit]) => ({
  entry: entryOf(key)!,
  paths: pathsOf(entryOf(key)!),
  limit,
}));

/** R60. A warning, because the limits are derived. It detects an extra digit, which the schema accepts. */
export const usualValues: Rule = {
  id: 'R60',
  key: 'value.unusual',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    return limits.flatMap(({ entry, paths, limit }) => {
      if (category === null || !entry.categories.has(category)) return [];
      const large = givenAt(data, paths).filter((text) => /^\d+(\.\d+)?$/.test(text));
      const bound = large.length === 0 ? undefined : typeof limit === 'number' ? limit : limit(data);
      return large
        .filter((text) => bound !== undefined && Number(text) > bound)
        .map((value) => ({
          entry: entry.key,
          params: { ...titleParams(entry), value, unit: entry.unit ?? '', most: Math.floor(bound!) },
        }));
    });
  },
};
