import type { DataTree } from '#shared/contract/record.ts';
import { codesOf } from '../catalogue/catalogue.ts';
import type { CodeListName } from '../catalogue/entry.ts';
import { convertorsOf, hybridClassPath, pureElectricPath } from '../catalogue/powertrain.ts';
import { nodesAt, textAt, textsAt } from '../data-tree.ts';
import { ok, violation, type Rule, type Violation } from '../rule.ts';
import { categoryOf } from './entries.ts';
import { entriesNamed, missingOf, owedOf } from './owed.ts';

const sources = 'CocDataGroup/EnergyConvertorTable/EnergyConvertorGroup/EnergySourceTable/EnergySourceGroup';

const isCode = (list: CodeListName, text: string | undefined) =>
  text !== undefined && Object.hasOwn(codesOf(list), text);

const has = (data: DataTree, kind: string) => convertorsOf(data).some((convertor) => convertor.kind === kind);

/** Emission levels of combustion engines. AX to ZZ and the levels of Euro 7 are also valid for an electric vehicle. */
const ofEngines = /^(Euro (?!7)|EEV)/;

/** R28. R29 reports a combustion engine in addition to the motor. */
export const pureElectric: Rule = {
  id: 'R28',
  key: 'power.pev',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: ({ data }) => convertorsOf(data).length + 3,
  check({ data }) {
    if (textAt(data, pureElectricPath) !== 'Y' || (has(data, 'combustion') && has(data, 'electric'))) return ok;
    const contradicts = (entry: string, what: string, at?: string): Violation => ({
      entry,
      params: { what, ...(at ? { at } : {}) },
    });
    const violations = convertorsOf(data).flatMap(({ row, at }) => {
      const principle = textAt(row, 'WorkingPrinciple');
      const fuels = textsAt(row, 'EnergySourceTable/EnergySourceGroup/EnergySource');
      if (principle !== 'ELECT' && isCode('workingPrinciple', principle))
        return [contradicts('workingPrinciple', 'engine', at)];
      return fuels.some((fuel) => fuel !== '95' && isCode('energySource', fuel))
        ? [contradicts('energySource', 'engine', at)]
        : [];
    });
    if (nodesAt(data, `${sources}/TestWltpCo2Group`).length > 0) violations.push(contradicts('co2Combined', 'co2'));
    if (nodesAt(data, hybridClassPath).length > 0) violations.push(contradicts('hybridClass', 'hybrid'));
    const level = textAt(data, 'CocDataGroup/ExhaustEmissionLevel');
    const light = ['M1', 'N1'].includes(categoryOf(data) ?? '');
    if (light && ofEngines.test(level ?? '') && isCode('emissionLevel', level))
      violations.push(contradicts('emissionLevel', 'level'));
    return violations;
  },
};

/** R63. A warning: no official sample of a pure electric vehicle has a fuel type, but the schema accepts it. */
export const pureElectricFuel: Rule = {
  id: 'R63',
  key: 'power.pevFuel',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) =>
    textAt(data, pureElectricPath) === 'Y' &&
    !has(data, 'combustion') &&
    nodesAt(data, 'CocDataGroup/FuelType').length > 0
      ? violation({ entry: 'fuelType' })
      : ok,
};

export const hybridEntries = entriesNamed('hybridClass');

/** R29. */
export const hybrid: Rule = {
  id: 'R29',
  key: 'power.hev',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    if (!has(data, 'combustion') || !has(data, 'electric')) return ok;
    if (textAt(data, pureElectricPath) === 'Y') return violation({ entry: 'pureElectric', params: { what: 'pure' } });
    return missingOf(data, hybridEntries).map(({ entry }) => ({ entry: entry!, params: { what: 'class' } }));
  },
};

/** R30 also names the engine code; R50 checks it on every engine. */
export const combustionEntries = entriesNamed(
  'combustionCycle',
  'cylinders',
  'engineCapacity',
  'maxNetPowerCombustion',
  'maxNetPowerSpeed',
  'fuelType',
);

/** R30. */
export const combustionEngine: Rule = {
  id: 'R30',
  key: 'power.ice',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: ({ data }) => owedOf(data, combustionEntries).length,
  check: ({ data }) => missingOf(data, combustionEntries),
};
