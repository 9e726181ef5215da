import { expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { convertorsOf, powertrainOf, type Powertrain } from './powertrain.ts';

type Row = [principle: string | null, ...sources: string[]];

const driven = (rows: readonly Row[], others: DataTree = {}): DataTree => ({
  CocDataGroup: {
    ...others,
    EnergyConvertorTable: {
      EnergyConvertorGroup: rows.map(([principle, ...sources]) => ({
        ...(principle ? { WorkingPrinciple: principle } : {}),
        EnergySourceTable: { EnergySourceGroup: sources.map((EnergySource) => ({ EnergySource })) },
      })),
    },
  },
});
const electric = { PureElectricVehicleIndicator: 'Y' };
const not = { PureElectricVehicleIndicator: 'N' };
const hybrid = (ClassHybridVehicle: string) => ({ ...not, ClassHybridVehicle });
const engine: Row = ['INTPI', '10'];
const motor: Row = ['ELECT', '95'];

test.each<[string, readonly Row[], DataTree, Powertrain | null]>([
  ['a petrol engine', [engine], not, 'ice'],
  ['a diesel engine', [['INTCI', '20']], not, 'ice'],
  ['an engine for petrol and gas', [['INTPI', '10', '30']], not, 'ice'],
  ['an engine that burns hydrogen', [['INTPI', '50']], not, 'ice'],
  ['an engine whose working principle is missing', [[null, '10']], not, 'ice'],
  ['two motors', [motor, motor], electric, 'pureElectric'],
  ['a motor whose working principle is missing', [[null, '95']], electric, 'pureElectric'],
  ['a plug-in hybrid', [engine, motor], hybrid('OVC-HEV'), 'ovcHev'],
  ['another hybrid', [engine, motor], hybrid('NOVC-HEV'), 'novcHev'],
  ['a fuel cell', [[null, '50'], motor], not, 'fuelCell'],
  ['a fuel cell with its class', [[null, '50'], motor], hybrid('NOVC-FCHV'), 'fuelCell'],
  ['no indicator', [engine], {}, null],
  ['an engine under a pure electric vehicle', [engine], electric, null],
  ['a class on a pure electric vehicle', [motor], { ...electric, ClassHybridVehicle: 'OVC-HEV' }, null],
  ['an engine and a motor without a class', [engine, motor], not, null],
  ['a class that there is not', [engine, motor], hybrid('PHEV'), null],
  ['a motor that burns petrol', [['ELECT', '10']], not, null],
  ['an engine that takes electricity', [['INTPI', '95']], not, null],
  ['compressed air', [['CMPRA', '91']], not, null],
  ['no engine at all', [], not, null],
])('%s', (_, rows, others, expected) => expect(powertrainOf(driven(rows, others))).toBe(expected));

test('an engine is identified by its row', () => {
  expect(convertorsOf(driven([engine, motor])).map(({ at, kind }) => [at, kind])).toEqual([
    ['EnergyConvertorGroup/1', 'combustion'],
    ['EnergyConvertorGroup/2', 'electric'],
  ]);
});
