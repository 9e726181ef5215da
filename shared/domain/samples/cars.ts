import type { DataTree } from '#shared/contract/record.ts';
import {
  axle,
  families,
  firstPage,
  message,
  motorVehicle,
  noTowing,
  phases,
  towing,
  verticalMass,
  wltpTest,
} from './parts.ts';

const tyre = {
  size: '215/55R18',
  index: '98',
  symbol: 'V',
  rim: '18X7J',
  more: { RollingResistanceClass: 'B', TyreCategory: 'C1' },
};

const car = (number: number): DataTree => ({
  ...motorVehicle,
  EcoInnovationsFittedIndicator: 'N',
  PureElectricVehicleIndicator: 'N',
  ExhaustEmissionLevel: 'Euro 6 EA',
  ExhaustEmissionLatestRegulationNumber: '715/2007*2023/443EA',
  FuelType: 'M',
  GeneralConstructionGroup: {
    NumberOfAxles: '2',
    NumberOfWheels: '4',
    NumberOfPoweredAxles: '1',
    NumberOfDoors: '5',
    AutomatedVehicle: 'NONAT',
    NumberOfSeatingPositionsIncludingDriver: '5',
  },
  AxleTable: {
    AxleGroup: [
      axle(1, 1120, tyre, { PoweredAxleIndicator: 'Y', AxleTrack: '1570', AxleSpacing: '2680' }),
      axle(2, 1060, tyre, { PoweredAxleIndicator: 'N', AxleTrack: '1585' }),
    ],
  },
  ColourTable: { ColourGroup: [{ Colour: String(1 + (number % 10)) }] },
  BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'AB' }] },
  ConfigurationDoorsGroup: { NumberOfDoorsLeft: '2', NumberOfDoorsRight: '2', NumberOfDoorsBack: '1' },
  DimensionGroup: { Wheelbase: '2680', Length: '4395', Width: '1830', Height: '1555' },
});

const petrolEngine = (source: DataTree): DataTree => ({
  ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
  EnergyConvertorCodeMarkedOnEnergyConvertor: 'NB15',
  WorkingPrinciple: 'INTPI',
  CombustionCycle: '4ST',
  NumberOfCylinders: '4',
  ArrangementCylinders: 'LI',
  EngineCapacity: '1498',
  EnergySourceTable: {
    EnergySourceGroup: [
      {
        EnergySource: '10',
        SoundLevelGroup: {
          SoundLevelStationary: '72',
          SoundLevelStationaryEngineSpeed: '2750',
          SoundLevelDriveBy: '66',
        },
        PowerGroup: { MaximumNetPowerCombustion: '103', EngineSpeedMaximumNetPower: '5500' },
        TestRdeGroup: { RdeCompleteNox: '60', RdeUrbanNox: '60' },
        TestWltpType1Group: {
          WltpType1Co: '143.20',
          WltpType1Thc: '19.60',
          WltpType1Nmhc: '16.10',
          WltpType1Nox: '11.30',
        },
        ...source,
        TestFamilyIdentifiersTable: families({
          IP: 'IP-1104-YV9-1',
          PEMS: '4-YV9-21-1',
          ATCT: 'AT-1041-YV9-1',
          RL: 'RL-2088-YV9-1',
          EV: 'EV-3009-YV9-1',
        }),
      },
    ],
  },
});

/** An M1 with a petrol engine, which may tow. */
export function petrolCar(number: number): DataTree {
  return message({
    ...firstPage({ number, category: 'M1', type: 'HV2', name: 'HAVN' }),
    ...car(number),
    MaximumSpeed: '205',
    GearGroup: { GearboxType: 'M' },
    MassGroup: {
      MassInRunningOrder: '1365',
      ActualMass: '1392',
      TechnicallyPermissibleMaximumLadenMass: '1890',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(75),
    },
    TowingBrakedTypeTrailTable: towing({ braked: { DB: 1400, DC: 1400 }, unbraked: 680, combination: 3290 }),
    WltpEmissionTestParametersGroup: wltpTest(1487),
    EnergyConvertorTable: {
      EnergyConvertorGroup: [
        petrolEngine({
          TestWltpCo2Group: phases('WltpCo2', ['161', '127', '112', '138', '131']),
          TestWltpFuelConsumptionGroup: phases('WltpFuelConsumption', ['7.1', '5.6', '4.9', '6.1', '5.8']),
        }),
      ],
    },
  });
}

/** An M1 that is charged from outside (OVC-HEV): a petrol engine and a motor; it may not tow. */
export function plugInCar(number: number): DataTree {
  return message({
    ...firstPage({ number, category: 'M1', type: 'HV5', name: 'HAVN P' }),
    ...car(number),
    MaximumSpeed: '190',
    ClassHybridVehicle: 'OVC-HEV',
    GearGroup: { GearboxType: 'C' },
    MassGroup: {
      MassInRunningOrder: '1615',
      ActualMass: '1640',
      TechnicallyPermissibleMaximumLadenMass: '2080',
    },
    TowingBrakedTypeTrailTable: noTowing,
    WltpEmissionTestParametersGroup: wltpTest(1733),
    EnergyConvertorTable: {
      EnergyConvertorGroup: [
        petrolEngine({
          TestWltpCo2Group: {
            WltpCo2WeightedCombined: '21',
            ...phases('WltpCo2ChargeSustaining', ['108', '91', '99', '131', '110']),
            WltpCo2ChargeDepletingCombined: '7',
          },
          TestWltpFuelConsumptionGroup: {
            WltpFuelConsumptionWeightedCombined: '0.9',
            ...phases('WltpFuelConsumptionChargeSustaining', ['4.8', '4.0', '4.4', '5.8', '4.9']),
            WltpFuelConsumptionChargeDepletingCombined: '0.3',
          },
        }),
        {
          ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
          EnergyConvertorCodeMarkedOnEnergyConvertor: 'ND90',
          WorkingPrinciple: 'ELECT',
          EnergySourceTable: {
            EnergySourceGroup: [
              {
                EnergySource: '95',
                PowerGroup: { Maximum30MinutesPower: '52', MaximumNetPowerElectric: '96' },
                TestWltpElectricRangeGroup: {
                  WltpEquivalentAllElectricOffVehicleChargingRange: '68',
                  WltpAllElectricOffVehicleChargingRange: '70',
                },
                TestWltpEnergyConsumptionGroup: {
                  ...phases('WltpEnergyConsumptionExternallyCharged', ['114', '126', '149', '221', '163']),
                  WltpEnergyConsumptionExternallyChargedCity: '118',
                  WltpEnergyConsumptionExternallyChargedWeightedCombined: '136',
                },
              },
            ],
          },
        },
      ],
    },
  });
}
