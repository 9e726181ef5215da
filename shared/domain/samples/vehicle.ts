import type { DataTree } from '#shared/contract/record.ts';
import { setAt } from '../data-tree.ts';
import { axle, families, firstPage, message, motorVehicle, noTowing, phases, wltpTest } from './parts.ts';

/** An invented vehicle of an invented manufacturer; it is complete and passes every gate of its category. */
export interface SampleVehicle {
  /** Vehicles with different numbers differ in VIN, type and figures. */
  number: number;
  /** Paths to omit from the result, for example `CocDataGroup/MassGroup/ActualMass`. */
  without?: readonly string[];
}

const ranges = [
  { name: 'FJORD E', type: 'FJ1', body: 'AF', wheelbase: 2850, mass: 2175, power: 150 },
  { name: 'FJORD E TOURING', type: 'FJ2', body: 'AC', wheelbase: 2930, mass: 2230, power: 165 },
  { name: 'SUND', type: 'SU4', body: 'AB', wheelbase: 2580, mass: 1495, power: 100 },
  { name: 'KLIPPE', type: 'KL7', body: 'AA', wheelbase: 2890, mass: 1980, power: 210 },
  { name: 'TIND', type: 'TD3', body: 'AF', wheelbase: 2760, mass: 2055, power: 140 },
] as const;

/** A pure electric M1, complete (stage C), with two axles and one motor. */
export function sampleVehicle({ number, without = [] }: SampleVehicle): DataTree {
  const { type, name, body, wheelbase, mass: lightest, power } = ranges[number % ranges.length]!;
  const mass = lightest + (number % 9) * 5;
  const tyre = {
    size: '235/50R20',
    index: '104',
    symbol: 'V',
    rim: '20X8J',
    more: { RollingResistanceClass: 'B', TyreCategory: 'C1' },
  };
  const vehicle = message({
    ...firstPage({ number, category: 'M1', type, name }),
    ...motorVehicle,
    MaximumSpeed: '180',
    EcoInnovationsFittedIndicator: 'N',
    PureElectricVehicleIndicator: 'Y',
    ExhaustEmissionLevel: 'AX',
    ExhaustEmissionLatestRegulationNumber: '715/2007*2023/443AX',
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '4',
      NumberOfPoweredAxles: '1',
      NumberOfDoors: '4',
      AutomatedVehicle: 'NONAT',
      NumberOfSeatingPositionsIncludingDriver: '5',
    },
    DimensionGroup: { Wheelbase: String(wheelbase), Length: '4710', Width: '1895', Height: '1610' },
    MassGroup: {
      MassInRunningOrder: String(mass),
      ActualMass: String(mass + 12),
      TechnicallyPermissibleMaximumLadenMass: String(mass + 480),
    },
    TowingBrakedTypeTrailTable: noTowing,
    AxleTable: {
      AxleGroup: [
        axle(1, 1340, tyre, { PoweredAxleIndicator: 'N', AxleTrack: '1615', AxleSpacing: String(wheelbase) }),
        axle(2, 1480, tyre, { PoweredAxleIndicator: 'Y', AxleTrack: '1630' }),
      ],
    },
    ColourTable: { ColourGroup: [{ Colour: String(1 + (number % 10)) }] },
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: body }] },
    ConfigurationDoorsGroup: { NumberOfDoorsLeft: '2', NumberOfDoorsRight: '2' },
    WltpEmissionTestParametersGroup: wltpTest(mass + 90),
    EnergyConvertorTable: { EnergyConvertorGroup: [motor(number, power)] },
  });
  return without.reduce((tree, path) => setAt(tree, path, null), vehicle);
}

function motor(number: number, power: number): DataTree {
  return {
    ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
    EnergyConvertorCodeMarkedOnEnergyConvertor: `ND${100 + (number % 3)}`,
    WorkingPrinciple: 'ELECT',
    EnergySourceTable: {
      EnergySourceGroup: [
        {
          EnergySource: '95',
          SoundLevelGroup: { SoundLevelDriveBy: '66' },
          PowerGroup: { Maximum30MinutesPower: String(power / 2), MaximumNetPowerElectric: String(power) },
          TestWltpElectricRangeGroup: { WltpPureElectricRange: String(400 + (number % 80)) },
          TestWltpEnergyConsumptionGroup: phases('WltpEnergyConsumptionPureElectric', [
            '131',
            '146',
            '166',
            '238',
            '181',
          ]),
          TestFamilyIdentifiersTable: families({
            IP: `IP-${1000 + (number % 50)}-YV9-1`,
            RL: `RL-${2000 + (number % 50)}-YV9-1`,
          }),
        },
      ],
    },
  };
}
