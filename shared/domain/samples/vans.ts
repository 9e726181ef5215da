import type { DataTree } from '#shared/contract/record.ts';
import { axle, families, firstPage, message, motorVehicle, phases, towing, verticalMass, wltpTest } from './parts.ts';

const tyre = { size: '215/65R16C', index: '109', symbol: 'T', rim: '6.50JX16' };
const heavyTyre = { size: '225/75R16C', index: '121', symbol: 'R', rim: '6.00JX16' };

/** An N1 with a diesel engine. */
export function dieselVan(number: number): DataTree {
  const light = { ...tyre, more: { RollingResistanceClass: 'C', TyreCategory: 'C2' } };
  return message({
    ...firstPage({ number, category: 'N1', type: 'LA2', name: 'LAST' }),
    ...motorVehicle,
    MaximumSpeed: '175',
    EcoInnovationsFittedIndicator: 'N',
    TypeApprovalTransportDangerousGoodsIndicator: 'N',
    PureElectricVehicleIndicator: 'N',
    ExhaustEmissionLevel: 'Euro 6 EB',
    ExhaustEmissionLatestRegulationNumber: '715/2007*2023/443EB',
    FuelType: 'M',
    GearGroup: { GearboxType: 'M' },
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '4',
      NumberOfAxlesWithTwinWheels: '0',
      NumberOfPoweredAxles: '1',
      NumberOfDoors: '4',
      AutomatedVehicle: 'NONAT',
      NumberOfSeatingPositionsIncludingDriver: '3',
    },
    DimensionGroup: { Wheelbase: '3275', Length: '5310', Width: '1935', Height: '1975', LengthLoadingArea: '2860' },
    MassGroup: {
      MassInRunningOrder: '1920',
      ActualMass: '1964',
      TechnicallyPermissibleMaximumLadenMass: '3100',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(100),
    },
    TowingBrakedTypeTrailTable: towing({ braked: { DB: 2300, DC: 2300 }, unbraked: 750, combination: 5200 }),
    AxleTable: {
      AxleGroup: [
        axle(1, 1600, light, {
          TwinWheelsAxleIndicator: 'N',
          PoweredAxleIndicator: 'Y',
          AxleTrack: '1630',
          AxleSpacing: '3275',
        }),
        axle(2, 1700, light, { TwinWheelsAxleIndicator: 'N', PoweredAxleIndicator: 'N', AxleTrack: '1618' }),
      ],
    },
    ColourTable: { ColourGroup: [{ Colour: '1' }] },
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'BB' }] },
    ConfigurationDoorsGroup: { NumberOfDoorsLeft: '1', NumberOfDoorsRight: '2', NumberOfDoorsBack: '1' },
    WltpEmissionTestParametersGroup: wltpTest(2240),
    EnergyConvertorTable: { EnergyConvertorGroup: [dieselEngine()] },
  });
}

function dieselEngine(): DataTree {
  return {
    ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
    EnergyConvertorCodeMarkedOnEnergyConvertor: 'NT20',
    WorkingPrinciple: 'INTCI',
    CombustionCycle: '4ST',
    NumberOfCylinders: '4',
    ArrangementCylinders: 'LI',
    EngineCapacity: '1968',
    EnergySourceTable: {
      EnergySourceGroup: [
        {
          EnergySource: '20',
          SmokeCorrectedAbsorptionCoefficient: '0.50',
          SoundLevelGroup: {
            SoundLevelStationary: '78',
            SoundLevelStationaryEngineSpeed: '2600',
            SoundLevelDriveBy: '70',
          },
          PowerGroup: { MaximumNetPowerCombustion: '110', EngineSpeedMaximumNetPower: '3250' },
          TestRdeGroup: {
            RdeCompleteNox: '82',
            RdeCompleteNumberOfParticles: '6',
            RdeCompleteNumberOfParticlesExponent: '11',
            RdeUrbanNox: '82',
            RdeUrbanNumberOfParticles: '6',
            RdeUrbanNumberOfParticlesExponent: '11',
          },
          TestWltpType1Group: {
            WltpType1Co: '88.40',
            WltpType1Nox: '41.20',
            WltpType1ThcNox: '58.90',
            WltpType1Particulates: '0.31',
            WltpType1NumberOfParticles: '0.08',
            WltpType1NumberOfParticlesExponent: '11',
          },
          TestWltpCo2Group: phases('WltpCo2', ['214', '181', '168', '209', '193']),
          TestWltpFuelConsumptionGroup: phases('WltpFuelConsumption', ['8.2', '6.9', '6.4', '8.0', '7.4']),
          TestFamilyIdentifiersTable: families({
            IP: 'IP-1401-YV9-1',
            PEMS: '4-YV9-33-1',
            ATCT: 'AT-1077-YV9-1',
            RL: 'RL-2140-YV9-1',
          }),
        },
      ],
    },
  };
}

const heavyAxle = (powered: 'Y' | 'N', steered: 'Y' | 'N', mass: number): DataTree => ({
  TwinWheelsAxleIndicator: 'N',
  SteeredAxleIndicator: steered,
  PoweredAxleIndicator: powered,
  LiftAxleIndicator: 'N',
  LoadableAxleIndicator: 'N',
  DriveAxleAirSuspensionOrEquivalentIndicator: 'N',
  DistributionMassRunningOrderAxle: String(mass),
});

/** A pure electric N2 of 4,250 kg. */
export function electricVan(number: number): DataTree {
  return message({
    ...firstPage({ number, category: 'N2', type: 'LA9', name: 'LAST E' }),
    ...motorVehicle,
    MaximumSpeed: '90',
    TypeApprovalTransportDangerousGoodsIndicator: 'N',
    PureElectricVehicleIndicator: 'Y',
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfWheels: '4',
      NumberOfAxlesWithTwinWheels: '0',
      NumberOfSteeredAxles: '1',
      NumberOfPoweredAxles: '1',
      NumberOfDoors: '4',
      AutomatedVehicle: 'NONAT',
      NumberOfSeatingPositionsIncludingDriver: '3',
    },
    DimensionGroup: {
      Wheelbase: '3980',
      Length: '5940',
      Width: '2040',
      Height: '2590',
      RearOverhang: '1010',
      LengthLoadingArea: '3650',
      ElongatedCabIndicator: 'N',
      AerodynamicDeviceEquipped: 'NONE',
      MaximumAuthorisedDimensionsDerogationIndicator: 'N',
    },
    MassGroup: {
      MassInRunningOrder: '2790',
      ActualMass: '2866',
      TechnicallyPermissibleMaximumLadenMass: '4250',
      AdditionalMassAlternativePropulsion: '1040',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(100),
    },
    TowingBrakedTypeTrailTable: towing({ braked: { DC: 2000 }, unbraked: 750, combination: 5750 }),
    AxleTable: {
      AxleGroup: [
        axle(1, 2100, heavyTyre, { ...heavyAxle('Y', 'Y', 1680), AxleSpacing: '3980' }),
        axle(2, 2400, heavyTyre, heavyAxle('N', 'N', 1110)),
      ],
    },
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'BB' }] },
    ConfigurationDoorsGroup: { NumberOfDoorsLeft: '1', NumberOfDoorsRight: '2', NumberOfDoorsBack: '1' },
    EnergyConvertorTable: {
      EnergyConvertorGroup: [
        {
          ManufacturerEnergyConvertor: 'NORDHAVN DRIVES',
          EnergyConvertorCodeMarkedOnEnergyConvertor: 'ND240',
          WorkingPrinciple: 'ELECT',
          EnergySourceTable: {
            EnergySourceGroup: [
              {
                EnergySource: '95',
                SoundLevelGroup: { SoundLevelDriveBy: '66' },
                PowerGroup: { Maximum30MinutesPower: '84', MaximumNetPowerElectric: '198' },
              },
            ],
          },
        },
      ],
    },
    VectoGroup: { ZeroEmissionHeavyDutyIndicator: 'N', VocationalVehicleIndicator: 'N' },
  });
}
