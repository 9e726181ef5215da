import { describe, expect, test } from 'vitest';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { passingFacts } from '#test/support/facts.ts';
import { vehicleKinds, vehicleOf, type Changes, type VehicleKind } from '#test/support/vehicles.ts';
import { calledFor } from '../catalogue/called-for.ts';
import { entries } from '../catalogue/catalogue.ts';
import type { Format } from '../catalogue/entry.ts';
import { setAt } from '../data-tree.ts';
import { findingsOf } from '../judge.ts';
import { certificateRules } from '../operating-model.ts';
import { isPresent } from '../present-value.ts';
import { sentence } from '#shared/text/sentence.ts';
import { conditionalEntries } from './conditional.ts';
import { categoryOf } from './entries.ts';
import { loadCapacity } from './tyres.ts';
import { vinCheckDigit, vinPath } from './vin.ts';

const of = 'CocDataGroup';
const axles = `${of}/AxleTable/AxleGroup`;
const convertors = `${of}/EnergyConvertorTable/EnergyConvertorGroup`;

function speaking(kind: VehicleKind, changes: Changes): string[] {
  const facts = passingFacts({ data: vehicleOf(kind, changes) });
  return [...new Set(certificateRules.flatMap((rule) => findingsOf(rule, facts)).map(({ rule }) => rule))].sort();
}

function found(id: string, kind: VehicleKind, changes: Changes) {
  const rule = certificateRules.find((one) => one.id === id)!;
  return findingsOf(rule, passingFacts({ data: vehicleOf(kind, changes) }));
}

test.each(['1M8GDM9AXKP042788', '11111111111111111', 'YV9ECBB1PTT000001', 'YV9ECBB15TT00000', 'yv9ecbb15tt000001'])(
  '[R04] accepts %s',
  (vin) =>
    expect(findingsOf(vinCheckDigit, passingFacts({ data: vehicleOf('petrol car', { [vinPath]: vin }) }))).toEqual([]),
);

test.each([
  ['0', 45],
  ['20', 80],
  ['88', 560],
  ['91', 615],
  ['104', 900],
  ['121', 1450],
  ['160', 4500],
  ['180', 8000],
  ['279', 136000],
])('[R36] a tyre of load index %s carries %s kg', (index, kg) => expect(loadCapacity(Number(index))).toBe(kg));

const silent: [rule: string, kind: VehicleKind, what: string, changes: Changes][] = [
  ['R07', 'petrol car', 'an approval of Great Britain', { [`${of}/TypeApprovalNumber`]: 'g11*2018/858*00009*02' }],
  ['R10', 'petrol car', 'an approval of the day it was made', { [`${of}/TypeApprovalIssueDate`]: '2026-09-14' }],
  ['R14', 'trailer', 'only one axle', { [`${axles}/1`]: null, [`${axles}/0/AxleSpacing`]: null }],
  ['R16', 'trailer', 'its coupling carrying the rest', { [`${axles}/0/TechnicallyPermissibleMassAxle`]: '1250' }],
  ['R17', 'trailer', 'a part of it on the coupling', {}],
  ['R19', 'electric van', '4,250 kg as an N1', { [`${of}/VehicleCategory`]: 'N1' }],
  [
    'R19',
    'trailer',
    '3,570 kg, of which 100 rest on the car',
    { [`${of}/MassGroup/TechnicallyPermissibleMaximumLadenMass`]: '3570' },
  ],
  [
    'R21',
    'lorry',
    'no towing table, completed elsewhere',
    { [`${of}/TowingBrakedTypeTrailTable`]: null, [`${of}/StageOfCompletion`]: 'V' },
  ],
  [
    'R23',
    'bus',
    'the driver alone, incomplete',
    {
      [`${of}/StageOfCompletion`]: 'I',
      [`${of}/GeneralConstructionGroup/NumberOfSeatingPositionsIncludingDriver`]: '1',
    },
  ],
  [
    'R24',
    'petrol car',
    'the bodywork of the van an ambulance was made from',
    {
      [`${of}/VehicleCategory`]: 'M1S',
      [`${of}/BodyworkTable/BodyworkGroup/0`]: { CodeForBodywork: 'BB', SpecialPurposeDesignation: 'SC' },
    },
  ],
  ['R28', 'electric van', 'a motor without its working principle', { [`${convertors}/0/WorkingPrinciple`]: null }],
  [
    'R31',
    'petrol car',
    'a level of heavy-duty engines and nothing that tells of a test',
    {
      [`${of}/ExhaustEmissionLevel`]: 'Euro VI E',
      [`${of}/WltpEmissionTestParametersGroup`]: null,
      [`${convertors}/0/EnergySourceTable/EnergySourceGroup/0`]: { EnergySource: '10' },
    },
  ],
  [
    'R37',
    'petrol car',
    'slow winter tyres',
    {
      [`${axles}/0/TyreAxleTable/TyreAxleGroup/0/SpeedCategorySymbol`]: 'Q',
      [`${axles}/0/TyreAxleTable/TyreAxleGroup/0/TyreTypeTable`]: { TyreTypeGroup: [{ TyreType: 'MS' }] },
    },
  ],
  ['R38', 'electric van', 'nothing of the simulation', {}],
  [
    'R61',
    'trailer',
    'one axle and no spacing',
    { [`${of}/GeneralConstructionGroup/NumberOfAxles`]: '1', [`${axles}/0/AxleSpacing`]: null },
  ],
];

test.each(silent)('[%s] accepts a %s with %s', (rule, kind, _, changes) =>
  expect(found(rule, kind, changes)).toEqual([]),
);

const source = (engine: number) => `${convertors}/${engine}/EnergySourceTable/EnergySourceGroup/0`;

test('a hybrid without external charging has the values of a petrol car, and a fuel cell vehicle has consumption without CO2', () => {
  const motor = vehicleOf('plug-in car', {})[of] as { EnergyConvertorTable: { EnergyConvertorGroup: DataTree[] } };
  const second = setAt(motor.EnergyConvertorTable.EnergyConvertorGroup[1]!, 'EnergySourceTable/EnergySourceGroup/0', {
    EnergySource: '95',
    PowerGroup: { Maximum30MinutesPower: '49', MaximumNetPowerElectric: '70' },
  });
  const hybrid = { [`${of}/ClassHybridVehicle`]: 'NOVC-HEV', [`${convertors}/1`]: second };
  expect(speaking('petrol car', hybrid)).toEqual([]);
  const fuelCell = {
    ...hybrid,
    [`${of}/ClassHybridVehicle`]: 'NOVC-FCHV',
    [`${of}/ExhaustEmissionLevel`]: 'AY',
    [`${convertors}/0`]: {
      ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
      EnergyConvertorCodeMarkedOnEnergyConvertor: 'NC90',
    },
    [source(0)]: {
      EnergySource: '50',
      SoundLevelGroup: { SoundLevelDriveBy: '64' },
      TestWltpFuelConsumptionGroup: {
        WltpFuelConsumptionLow: '0.69',
        WltpFuelConsumptionMedium: '0.64',
        WltpFuelConsumptionHigh: '0.71',
        WltpFuelConsumptionExtraHigh: '1.04',
        WltpFuelConsumptionCombined: '0.80',
      },
      TestFamilyIdentifiersTable: {
        TestFamilyIdentifiersGroup: [
          { TestFamilyIdentifier: 'IP', TestFamilyIdentifierValue: 'IP-1300-YV9-1' },
          { TestFamilyIdentifier: 'RL', TestFamilyIdentifierValue: 'RL-2300-YV9-1' },
        ],
      },
    },
  };
  expect(speaking('petrol car', fuelCell)).toEqual([]);
  const without = { ...fuelCell, [`${source(0)}/TestWltpFuelConsumptionGroup/WltpFuelConsumptionLow`]: null };
  expect(speaking('petrol car', without)).toEqual(['R31']);
});

test('[R61] requires the power of every motor', () => {
  const second = { WorkingPrinciple: 'ELECT', EnergySourceTable: { EnergySourceGroup: [{ EnergySource: '95' }] } };
  const findings = found('R61', 'pure electric car', { [`${convertors}/1`]: second });
  expect(findings.map(({ entry, params }) => [entry, params['at']])).toEqual([
    ['maxNetPowerElectric', 'EnergyConvertorGroup/2'],
    ['max30MinPower', 'EnergyConvertorGroup/2'],
  ]);
});

test('[R14] names the axle without a spacing', () => {
  const third = { AxleNumber: '3', PoweredAxleIndicator: 'N' };
  expect(found('R14', 'petrol car', { [`${axles}/2`]: third }).map(({ params }) => params['at'])).toEqual([
    'AxleGroup/2',
  ]);
});

test('[R61] [R56] explain their findings', () => {
  for (const { number, key: entry, when, convertors: kinds } of conditionalEntries) {
    const params = { number: number ?? '', entry, why: when ?? kinds![0]! };
    expect(sentence({ key: 'entry.calledFor', params })).not.toContain('undefined');
  }
  expect(conditionalEntries.length).toBeGreaterThan(30);
});

test('[R50] [R61] [R56] values that the catalogue requires are present where no rule has a finding', () => {
  for (const kind of vehicleKinds) {
    const data = vehicleOf(kind);
    const category = categoryOf(data)!;
    const owed = entries.filter(
      (entry) =>
        entry.categories.has(category) &&
        !['message', 'signature'].includes(entry.section) &&
        calledFor(entry, data, category) === 'mandatory',
    );
    expect(owed.filter((entry) => !isPresent(data, entry)).map(({ key }) => `${kind}: ${key}`)).toEqual([]);
    expect(owed.length).toBeGreaterThan(40);
  }
});

/** Every value of a record with its catalogue format. */
function written(node: DataNode, path: string): { path: string; value: string; format: Format }[] {
  if (typeof node !== 'string') {
    return Object.entries(node).flatMap(([step, child]) => written(child, path === '' ? step : `${path}/${step}`));
  }
  const plain = (address: string) => address.replaceAll(/\/\d+|\[[^\]]*\]/g, '');
  const format = entries
    .flatMap((entry) => [entry, ...(entry.alternatives ?? []), ...(entry.parts ?? [])])
    .find((part) => plain(part.path) === plain(path))?.format;
  return format ? [{ path, value: node, format }] : [];
}

describe.each(vehicleKinds)('of a %s', (kind) => {
  const all = written(vehicleOf(kind), '');

  test('[R51] is the only rule that reports a number with a comma', () => {
    const numbers = all.filter(({ format }) => format.kind === 'integer' || format.kind === 'decimal');
    expect(numbers.length).toBeGreaterThan(15);
    const spoken = numbers.map(({ path }) => `${path} ${speaking(kind, { [path]: '1,5' }).join(' ')}`);
    expect(spoken).toEqual(numbers.map(({ path }) => `${path} R51`));
  });

  test('[R51] is the only rule that reports a lower-case code', () => {
    const codes = all.filter(
      ({ format, value }) =>
        format.kind === 'code' && value !== value.toLowerCase() && format.list !== 'vehicleCategory',
    );
    expect(codes.length).toBeGreaterThan(10);
    const spoken = codes.map(
      ({ path, value }) => `${path} ${speaking(kind, { [path]: value.toLowerCase() }).join(' ')}`,
    );
    expect(spoken).toEqual(codes.map(({ path }) => `${path} R51`));
  });
});
