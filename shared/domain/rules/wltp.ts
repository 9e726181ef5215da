import type { DataTree } from '#shared/contract/record.ts';
import { entries } from '../catalogue/catalogue.ts';
import type { ConditionName } from '../catalogue/entry.ts';
import { nodesAt, numberAt, rowsAt, textAt } from '../data-tree.ts';
import { ok, type Rule, type Violation } from '../rule.ts';
import { categoryOf } from './entries.ts';
import { entriesNamed, missingOf } from './owed.ts';

const sources = 'CocDataGroup/EnergyConvertorTable/EnergyConvertorGroup/EnergySourceTable/EnergySourceGroup';

const wltpSets: readonly ConditionName[] = ['wltp', 'wltpCo2', 'wltpConsumption', 'wltpPlugIn', 'wltpPureElectric'];
export const familyEntries = entriesNamed('familyIP', 'familyATCT', 'familyPEMS', 'familyRL', 'familyEV');
export const wltpEntries = entries.filter(
  (entry) => entry.when !== undefined && wltpSets.includes(entry.when) && !familyEntries.includes(entry),
);

/** R31. A warning: the values of each powertrain are inferred from the official samples. */
export const wltpComplete: Rule = {
  id: 'R31',
  key: 'wltp.complete',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => missingOf(data, wltpEntries),
};

/** R32. A warning: inferred from official samples. */
export const wltpFamilies: Rule = {
  id: 'R32',
  key: 'wltp.family',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => missingOf(data, familyEntries),
};

const phases = ['Low', 'Medium', 'High', 'ExtraHigh'];

/** R33. A warning: inferred from official samples. */
export const co2Plausible: Rule = {
  id: 'R33',
  key: 'wltp.plausible',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => [
    ...outsidePhases(data, 'TestWltpCo2Group', 'WltpCo2', 'co2Combined'),
    ...outsidePhases(data, 'TestWltpCo2Group', 'WltpCo2ChargeSustaining', 'co2ChargeSustainingCombined'),
  ],
};

const consumptions = [
  ['TestWltpFuelConsumptionGroup', 'WltpFuelConsumption', 'fuelConsumptionCombined'],
  ['TestWltpFuelConsumptionGroup', 'WltpFuelConsumptionChargeSustaining', 'fuelConsumptionChargeSustainingCombined'],
  ['TestWltpEnergyConsumptionGroup', 'WltpEnergyConsumptionPureElectric', 'ecPureCombined'],
  ['TestWltpEnergyConsumptionGroup', 'WltpEnergyConsumptionExternallyCharged', 'ecOvcCombined'],
] as const;

/** R59. Like R33, for fuel and electricity. A warning, because it is derived. */
export const consumptionPlausible: Rule = {
  id: 'R59',
  key: 'wltp.plausible',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => consumptions.flatMap(([group, prefix, entry]) => outsidePhases(data, group, prefix, entry)),
};

/** The combined value is a mean of the phases and cannot be outside their range. */
function outsidePhases(data: DataTree, group: string, prefix: string, entry: string): Violation[] {
  return rowsAt(data, `${sources}/${group}`).flatMap((values) => {
    const combined = numberAt(values, `${prefix}Combined`);
    const given = phases.map((phase) => `${prefix}${phase}`).filter((name) => textAt(values, name) !== undefined);
    const numbers = given.map((name) => numberAt(values, name)).filter((number) => number !== undefined);
    if (combined === undefined || numbers.length < 2 || numbers.length < given.length) return [];
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const rounding = roundingOf(given.map((name) => textAt(values, name)!));
    return combined >= least - rounding && combined <= most + rounding
      ? []
      : [{ entry, params: { combined, least, most } }];
  });
}

/** Half a unit of the last decimal place that all texts have. */
const roundingOf = (texts: readonly string[]) =>
  0.5 * 10 ** -Math.min(...texts.map((text) => text.split('.')[1]?.length ?? 0));

export const ecoInnovationEntries = entriesNamed('ecoInnovationCode', 'ecoInnovationSaving');

/** R34. */
export const ecoInnovations: Rule = {
  id: 'R34',
  key: 'eco.consistent',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: () => ecoInnovationEntries.length,
  check({ data }) {
    if (textAt(data, 'CocDataGroup/EcoInnovationsFittedIndicator') !== 'N' || categoryOf(data) === null) {
      return missingOf(data, ecoInnovationEntries);
    }
    const given = ecoInnovationEntries.filter(({ path }) => nodesAt(data, path).length > 0);
    return given.length === 0 ? ok : [{ entry: 'ecoInnovationFitted' }];
  },
};
