import { expect, test } from 'vitest';
import type { DataNode } from '#shared/contract/record.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { buildStagePath, calledFor, type EntryObligation } from './called-for.ts';
import { entries, entriesFor, entryOf } from './catalogue.ts';
import type { VehicleCategory } from './entry.ts';

const of = 'CocDataGroup';
const convertor = `${of}/EnergyConvertorTable/EnergyConvertorGroup`;
const petrol = {
  [`${of}/PureElectricVehicleIndicator`]: 'N',
  [`${convertor}/0/WorkingPrinciple`]: 'INTPI',
  [`${convertor}/0/EnergySourceTable/EnergySourceGroup/0/EnergySource`]: '10',
};
const plugIn = {
  ...petrol,
  [`${of}/ClassHybridVehicle`]: 'OVC-HEV',
  [`${convertor}/1/WorkingPrinciple`]: 'ELECT',
  [`${convertor}/1/EnergySourceTable/EnergySourceGroup/0/EnergySource`]: '95',
};
const towable = `${of}/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup/0/BodyworkTypeTable/BodyworkTypeGroup/0/TechnicallyPermissibleMaximumTowableMass`;
const stage = (code: string) => ({ [buildStagePath]: code });

const call = (key: string, changes: Record<string, DataNode | null> = {}, category: VehicleCategory = 'M1') =>
  calledFor(entryOf(key)!, completeM1(changes), category);

test.each<[string, string, Record<string, DataNode | null>, EntryObligation]>([
  ['a mandatory entry', 'actualMass', {}, 'mandatory'],
  ['an optional one', 'remarks', {}, 'conditional'],
  ['one whose condition no data tell', 'commercialName', {}, 'conditional'],
  ['consumption of a pure electric car', 'ecPureLow', {}, 'mandatory'],
  ['CO2 of a pure electric car', 'co2Combined', {}, 'notCalledFor'],
  ['CO2 of a petrol car', 'co2Combined', petrol, 'mandatory'],
  ['consumption in electricity of a petrol car', 'ecPureLow', petrol, 'notCalledFor'],
  ['cylinders of a pure electric car', 'cylinders', {}, 'notCalledFor'],
  ['cylinders of a petrol car', 'cylinders', petrol, 'mandatory'],
  ['a hybrid class of a petrol car', 'hybridClass', petrol, 'notCalledFor'],
  ['a hybrid class of a plug-in hybrid', 'hybridClass', plugIn, 'mandatory'],
  ['weighted CO2 of a plug-in hybrid', 'co2WeightedCombined', plugIn, 'mandatory'],
  ['combined CO2 of a plug-in hybrid', 'co2Combined', plugIn, 'notCalledFor'],
  [
    'CO2 where the indicator is missing',
    'co2Combined',
    { [`${of}/PureElectricVehicleIndicator`]: null },
    'conditional',
  ],
  ['classes of goods that may not be carried', 'dangerousGoodsClass', {}, 'conditional'],
  ['mass of a combination that may be pulled', 'maxCombinationMass', { [towable]: '750' }, 'mandatory'],
  ['mass of a combination that may not', 'maxCombinationMass', { [towable]: '0' }, 'notCalledFor'],
  ['the road load family', 'familyRL', {}, 'mandatory'],
  ['its matrix beside it', 'familyRM', {}, 'notCalledFor'],
  ['an eco-innovation that is not fitted', 'ecoInnovationCode', {}, 'notCalledFor'],
  ['length of an incomplete vehicle', 'length', stage('I'), 'notCalledFor'],
  ['permissible length of an incomplete vehicle', 'maximumPermissibleLength', stage('I'), 'mandatory'],
  ['permissible length of a complete one', 'maximumPermissibleLength', stage('C'), 'notCalledFor'],
  ['length of a completed vehicle', 'length', stage('V'), 'mandatory'],
  ['the first page of an incomplete vehicle', 'make', stage('I'), 'mandatory'],
  ['colour of an incomplete vehicle', 'colour', stage('I'), 'conditional'],
  ['axles of a completed vehicle', 'numberOfAxles', stage('V'), 'mandatory'],
  ['the stage before a completed vehicle', 'previousStageType', stage('V'), 'mandatory'],
  ['the stage before a complete one', 'previousStageType', {}, 'notCalledFor'],
])('%s', (_, key, changes, expected) => expect(call(key, changes)).toBe(expected));

test('a complete vehicle requires everything mandatory', () => {
  for (const category of ['M1', 'N2', 'O3'] as const) {
    const mandatory = entriesFor(category).filter(
      ({ requirement, requirementByCategory }) => (requirementByCategory?.[category] ?? requirement) === 'mandatory',
    );
    expect(mandatory.map((entry) => calledFor(entry, completeM1(), category))).toEqual(
      mandatory.map(() => 'mandatory'),
    );
  }
});

test('without data nothing conditional is required', () => {
  const called = entries.filter(
    (entry) => entry.requirement === 'conditional' && calledFor(entry, {}, 'M1') === 'mandatory',
  );
  expect(called.map(({ key }) => key)).toEqual([]);
});
