import type { DataTree } from '#shared/contract/record.ts';
import { entryOf } from '../catalogue/catalogue.ts';
import { numberAt, textAt, textsAt } from '../data-tree.ts';
import type { Rule } from '../rule.ts';
import { categoryOf, titleParams } from './entries.ts';

const of = 'CocDataGroup';
const isLight = (data: DataTree) => ['M1', 'N1'].includes(categoryOf(data) ?? '');

const lengthOf = (data: DataTree) => numberAt(data, `${of}/DimensionGroup/Length`);
const ladenOf = (data: DataTree) => numberAt(data, `${of}/MassGroup/TechnicallyPermissibleMaximumLadenMass`);

const combinationOf = (data: DataTree) => numberAt(data, `${entryOf('maxCombinationMass')!.path}`);

/** A quarter of what may be pulled, or of what a trailer weighs; a semi-trailer rests more on its tractor. */
function verticalOf(data: DataTree): number | undefined {
  const body = textAt(data, `${of}/BodyworkTable/BodyworkGroup/CodeForBodywork`);
  if (body === 'DA' || body === 'BC') return undefined;
  const heaviest = categoryOf(data)?.startsWith('O')
    ? (ladenOf(data) ?? 0)
    : greatest(data, entryOf('towableUnbraked')!.path.replace('[BrakedTypeTrail=UNB]', ''));
  return heaviest === 0 ? undefined : heaviest / 4;
}

const greatest = (data: DataTree, path: string) =>
  Math.max(0, ...textsAt(data, path).map(Number).filter(Number.isFinite));

const netPowerOf = (data: DataTree) => greatest(data, entryOf('maxNetPowerElectric')!.path) || undefined;

/** kW: 0.4 for each kg of a light vehicle, 0.15 for each of a heavy one. */
function powerOf(data: DataTree): number | undefined {
  const mass = numberAt(data, `${of}/MassGroup/MassInRunningOrder`);
  return mass && mass * (isLight(data) ? 0.4 : 0.15);
}

function wheelsOf(data: DataTree): number | undefined {
  const axles = numberAt(data, `${of}/GeneralConstructionGroup/NumberOfAxles`);
  const twinPath = `${of}/GeneralConstructionGroup/NumberOfAxlesWithTwinWheels`;
  const twin = textAt(data, twinPath) === undefined ? 0 : numberAt(data, twinPath);
  return axles === undefined || twin === undefined ? undefined : 2 * (axles + twin);
}

/** Above these, a value is hardly ever right: by catalogue key, in the unit of the entry. */
const most: Readonly<Record<string, number | ((data: DataTree) => number | undefined)>> = {
  numberOfWheels: wheelsOf,
  // A motor vehicle's is compared with its wheelbase.
  length: (data) => (categoryOf(data)?.startsWith('O') ? 25_250 : undefined),
  massDistribution: (data) => numberAt(data, `${of}/MassGroup/MassInRunningOrder`),
  additionalMassAlternativePropulsion: 4000,
  towableDrawbar: combinationOf,
  towableCentreAxle: combinationOf,
  // Only an O1 goes without brakes.
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

const limits = Object.entries(most).map(([key, limit]) => ({ entry: entryOf(key)!, limit }));

/** R60. A warning, for the limits are derived: finds a digit too many, which the schema lets through. */
export const usualValues: Rule = {
  id: 'R60',
  key: 'value.unusual',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    return limits.flatMap(({ entry, limit }) => {
      if (category === null || !entry.categories.has(category)) return [];
      const large = textsAt(data, entry.path).filter((text) => /^\d+(\.\d+)?$/.test(text));
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
