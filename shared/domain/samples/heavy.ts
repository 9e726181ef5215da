import type { DataTree } from '#shared/contract/record.ts';
import { axle, firstPage, message, motorVehicle, noTowing, towing, verticalMass } from './parts.ts';

const hash = (letter: string) => `${letter.repeat(43)}=`;

const row = (kind: 'front' | 'rear', running: number): DataTree => ({
  TwinWheelsAxleIndicator: kind === 'rear' ? 'Y' : 'N',
  SteeredAxleIndicator: kind === 'front' ? 'Y' : 'N',
  PoweredAxleIndicator: kind === 'rear' ? 'Y' : 'N',
  LiftAxleIndicator: 'N',
  LoadableAxleIndicator: 'N',
  DriveAxleAirSuspensionOrEquivalentIndicator: 'Y',
  DistributionMassRunningOrderAxle: String(running),
});

const tyre = (twin: string | null) => ({
  size: '315/70R22.5',
  index: '156',
  symbol: 'L',
  rim: '22.5X9.00',
  more: (twin ? { LoadCapacityIndexTwinWheel: twin } : {}) as DataTree,
});

const axles = (spacing: number, [front, rear]: readonly [number, number]): DataTree => ({
  AxleGroup: [
    axle(1, 7500, tyre(null), { ...row('front', front), AxleSpacing: String(spacing) }),
    axle(2, 11500, tyre('150'), row('rear', rear)),
  ],
});

const engine: DataTree = {
  ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
  EnergyConvertorCodeMarkedOnEnergyConvertor: 'NT110',
  WorkingPrinciple: 'INTCI',
  CombustionCycle: '4ST',
  NumberOfCylinders: '6',
  ArrangementCylinders: 'LI',
  EngineCapacity: '10837',
  EnergySourceTable: {
    EnergySourceGroup: [
      {
        EnergySource: '20',
        SmokeCorrectedAbsorptionCoefficient: '0.40',
        SoundLevelGroup: {
          SoundLevelStationary: '86',
          SoundLevelStationaryEngineSpeed: '1650',
          SoundLevelDriveBy: '79',
        },
        PowerGroup: { MaximumNetPowerCombustion: '290', EngineSpeedMaximumNetPower: '1600' },
        TestWhscGroup: { WhscCo: '12.1', WhscNox: '198.4', WhscParticulates: '4.2' },
        TestWhtcGroup: { WhtcCo: '31.7', WhtcNox: '231.0', WhtcParticulates: '5.1' },
      },
    ],
  },
};

const diesel: DataTree = {
  ...motorVehicle,
  PureElectricVehicleIndicator: 'N',
  ExhaustEmissionLevel: 'Euro VI E',
  ExhaustEmissionLatestRegulationNumber: '595/2009*2019/1939E',
  FuelType: 'M',
  EnergyConvertorTable: { EnergyConvertorGroup: [engine] },
};

/** A city bus (M3, class I) with a diesel engine. */
export function dieselBus(number: number): DataTree {
  return message({
    ...firstPage({ number, category: 'M3', type: 'BU1', name: 'BYBUSS' }),
    ...diesel,
    MaximumSpeed: '85',
    GearGroup: { GearboxType: 'A' },
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '6',
      NumberOfAxlesWithTwinWheels: '1',
      NumberOfSteeredAxles: '1',
      NumberOfPoweredAxles: '1',
      NumberOfDoors: '3',
      AutomatedVehicle: 'NONAT',
      NumberOfSeatingPositionsIncludingDriver: '33',
      NumberOfStandingPlaces: '58',
    },
    DimensionGroup: {
      Wheelbase: '5900',
      Length: '12000',
      Width: '2550',
      Height: '3120',
      RearOverhang: '3400',
      AerodynamicDeviceEquipped: 'NONE',
    },
    MassGroup: {
      MassInRunningOrder: '11400',
      ActualMass: '11520',
      TechnicallyPermissibleMaximumLadenMass: '18800',
    },
    TowingBrakedTypeTrailTable: noTowing,
    AxleTable: axles(5900, [4000, 7400]),
    BodyworkTable: {
      BodyworkGroup: [{ CodeForBodywork: 'CE', VehicleClassTable: { VehicleClassGroup: [{ VehicleClass: 'I' }] } }],
    },
    ConfigurationDoorsGroup: { NumberOfDoorsRight: '3' },
    VectoGroup: {
      CryptographicHashManufacturerRecord: hash('b'),
      ZeroEmissionHeavyDutyIndicator: 'N',
      VocationalVehicleIndicator: 'N',
      CryptographicHashCustomerInformationFile: hash('c'),
      AverageOccupancy: '21.40',
      VehicleGroup: '31b1',
      SpecificCo2EmissionsPerson: '34.2',
    },
  });
}

/** A rigid lorry (N3) with a diesel engine, which pulls a drawbar trailer. */
export function dieselLorry(number: number): DataTree {
  return message({
    ...firstPage({ number, category: 'N3', type: 'TR8', name: 'TRAGER' }),
    ...diesel,
    MaximumSpeed: '90',
    GearGroup: { GearboxType: 'A' },
    TypeApprovalTransportDangerousGoodsIndicator: 'N',
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '6',
      NumberOfAxlesWithTwinWheels: '1',
      NumberOfSteeredAxles: '1',
      NumberOfPoweredAxles: '1',
      NumberOfDoors: '2',
      AutomatedVehicle: 'NONAT',
      NumberOfSeatingPositionsIncludingDriver: '2',
    },
    DimensionGroup: {
      Wheelbase: '5100',
      Length: '9250',
      Width: '2550',
      Height: '3680',
      RearOverhang: '2650',
      LengthLoadingArea: '7200',
      ElongatedCabIndicator: 'N',
      AerodynamicDeviceEquipped: 'NONE',
      MaximumAuthorisedDimensionsDerogationIndicator: 'N',
    },
    MassGroup: {
      MassInRunningOrder: '7650',
      ActualMass: '7810',
      TechnicallyPermissibleMaximumLadenMass: '18000',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(1000),
    },
    TowingBrakedTypeTrailTable: towing({ braked: { DB: 22000, DC: 18000 }, unbraked: 750, combination: 40000 }),
    AxleTable: axles(5100, [4650, 3000]),
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'BA' }] },
    ConfigurationDoorsGroup: { NumberOfDoorsLeft: '1', NumberOfDoorsRight: '1' },
    MechanicalCouplingTable: {
      MechanicalCouplingGroup: [
        {
          MechanicalCouplingNumber: '1',
          MechanicalCouplingApprovalNumber: 'E4*55R01/08*7714*00',
          MechanicalCouplingValueD: '130.00',
          DistanceFrontEndCentreCoupling: '8900',
        },
      ],
    },
    VectoGroup: {
      CryptographicHashManufacturerRecord: hash('d'),
      ZeroEmissionHeavyDutyIndicator: 'N',
      VocationalVehicleIndicator: 'N',
      CryptographicHashCustomerInformationFile: hash('e'),
      AveragePayload: '3.20',
      VehicleGroup: '4',
      VehicleSubgroup: '4-RD',
      SpecificCo2EmissionsMass: '178.4',
    },
  });
}
