import type { DataTree } from '#shared/contract/record.ts';
import type { VehicleCategory } from '../catalogue/entry.ts';
import { isMet } from '../catalogue/condition.ts';
import { numberAt, rowsAt, textsAt } from '../data-tree.ts';
import { ok, violation, type Rule, type Violation } from '../rule.ts';
import { axlesPath } from './axles.ts';
import { categoryOf } from './entries.ts';

const masses = 'CocDataGroup/MassGroup';
const trailers =
  'CocDataGroup/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup/BodyworkTypeTable/BodyworkTypeGroup';
const verticalPath = `${masses}/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint`;

const ladenOf = (data: DataTree) => numberAt(data, `${masses}/TechnicallyPermissibleMaximumLadenMass`);

/**
 * R15. A warning: inferred from official samples; deductions may reduce the actual mass below the mass in running
 * order.
 */
export const massOrder: Rule = {
  id: 'R15',
  key: 'mass.order',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const fixed = numberAt(data, `${masses}/MassInRunningOrder`);
    const running = fixed ?? numberAt(data, `${masses}/MassInRunningOrderVariableMin`);
    const heaviest = fixed ?? numberAt(data, `${masses}/MassInRunningOrderVariableMax`);
    const actual = numberAt(data, `${masses}/ActualMass`);
    const laden = ladenOf(data);
    const violations: Violation[] = [];
    if (running !== undefined && actual !== undefined && running > actual) {
      violations.push({ entry: 'actualMass', params: { running, actual } });
    }
    const [what, mass] =
      actual === undefined || (heaviest !== fixed && heaviest !== undefined && heaviest > actual)
        ? ['running', heaviest]
        : ['actual', actual];
    if (mass !== undefined && laden !== undefined && mass >= laden) {
      violations.push({ entry: 'maxLadenMass', params: { [what as string]: mass, laden } });
    }
    return violations;
  },
};

/** R16. A warning: inferred from official samples. The axles of a trailer do not carry the load on its coupling. */
export const massAxleSum: Rule = {
  id: 'R16',
  key: 'mass.axleSum',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const laden = ladenOf(data);
    const sum = sumOverAxles(data, 'TechnicallyPermissibleMassAxle');
    if (laden === undefined || sum === undefined) return ok;
    const resting = categoryOf(data)?.startsWith('O') ? restingOf(data) : 0;
    if (resting === undefined) return ok;
    const carried = sum + resting;
    return carried >= laden ? ok : violation({ entry: 'maxMassPerAxle', params: { sum: carried, laden } });
  },
};

/**
 * The load of a trailer on its coupling, in kg; undefined if there is such a load but its value is missing or
 * unreadable.
 */
function restingOf(data: DataTree): number | undefined {
  const given = textsAt(data, verticalPath).length > 0;
  return given || isMet('restsOnTowingVehicle', data, 'O1') === true ? numberAt(data, verticalPath) : 0;
}

/**
 * R17. A warning: based on the name of the entry only; no text defines how each value is rounded. Whole kilograms are
 * treated as rounded.
 */
export const massDistribution: Rule = {
  id: 'R17',
  key: 'mass.distribution',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    if (!['M2', 'M3', 'N2', 'N3'].includes(categoryOf(data) ?? '')) return ok;
    const running = numberAt(data, `${masses}/MassInRunningOrder`);
    const sum = sumOverAxles(data, 'DistributionMassRunningOrderAxle');
    const rounding = Math.floor((rowsAt(data, axlesPath).length + 1) / 2);
    return running === undefined || sum === undefined || Math.abs(sum - running) <= rounding
      ? ok
      : violation({ entry: 'massDistribution', params: { sum, running } });
  },
};

function sumOverAxles(data: DataTree, element: string): number | undefined {
  const numbers = rowsAt(data, axlesPath).map((axle) => numberAt(axle, element));
  if (numbers.length === 0) return undefined;
  return numbers.reduce((sum, number) => (sum === undefined || number === undefined ? undefined : sum + number), 0);
}

/** R18. A warning: inferred from official samples. */
export const massCombination: Rule = {
  id: 'R18',
  key: 'mass.combination',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const laden = ladenOf(data);
    const towable = numbersAt(data, `${trailers}/TechnicallyPermissibleMaximumTowableMass`);
    const [combination] = numbersAt(data, `${trailers}/TechnicallyPermissibleMaximumCombinationMass`);
    if (laden === undefined || combination === undefined || towable.length === 0) return ok;
    const most = laden + Math.max(...towable);
    return combination <= most && (combination >= laden || most === laden)
      ? ok
      : violation({ entry: 'maxCombinationMass', params: { combination, laden, most } });
  },
};

/** All numbers at a path; empty if one of them is not written as a number. */
function numbersAt(data: DataTree, path: string): number[] {
  const texts = textsAt(data, path);
  return texts.every((text) => /^\d+$/.test(text)) ? texts.map(Number) : [];
}

/** Exclusive lower and inclusive upper limit, in kg. */
const ranges: Readonly<Partial<Record<VehicleCategory, readonly [number, number]>>> = {
  M2: [0, 5000],
  M3: [5000, Infinity],
  N1: [0, 3500],
  N2: [3500, 12_000],
  N3: [12_000, Infinity],
  O1: [0, 750],
  O2: [750, 3500],
  O3: [3500, 10_000],
  O4: [10_000, Infinity],
};

/**
 * R19. Regulation (EU) 2018/858, Article 4. An N1 with alternative propulsion may have up to 4,250 kg. For a trailer
 * both readings are accepted: with and without the load on its coupling.
 */
export const massOfCategory: Rule = {
  id: 'R19',
  key: 'mass.category',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    const range = category && ranges[category];
    const laden = ladenOf(data) ?? numberAt(data, `${masses}/TechnicallyPermissibleMaximumLadenMassVariableMax`);
    if (!range || laden === undefined) return ok;
    const [above, upTo] = range;
    const limit = category === 'N1' && isMet('alternativePropulsion', data, category) !== false ? 4250 : upTo;
    const readings = category.startsWith('O') ? [laden, laden - (numberAt(data, verticalPath) ?? 0)] : [laden];
    return readings.some((mass) => mass > above && mass <= limit)
      ? ok
      : violation({
          entry: 'maxLadenMass',
          params: { category, laden, above, ...(limit === Infinity ? {} : { upTo: limit }) },
        });
  },
};
