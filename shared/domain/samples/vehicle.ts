import type { DataTree } from '#shared/contract/record.ts';
import { setAt } from '../data-tree.ts';

/** An invented vehicle of an invented manufacturer: complete, and good for every gate of its category. */
export interface SampleVehicle {
  /** Vehicles of different numbers differ in VIN, type and figures. */
  number: number;
  /** Left out of what comes out: `CocDataGroup/MassGroup/ActualMass`. */
  without?: readonly string[];
}

const ranges = [
  { name: 'FJORD E', type: 'FJ1', body: 'AF', wheelbase: 2850, mass: 2175, power: 150 },
  { name: 'FJORD E TOURING', type: 'FJ2', body: 'AC', wheelbase: 2930, mass: 2230, power: 165 },
  { name: 'SUND', type: 'SU4', body: 'AB', wheelbase: 2580, mass: 1495, power: 100 },
  { name: 'KLIPPE', type: 'KL7', body: 'AA', wheelbase: 2890, mass: 1980, power: 210 },
  { name: 'TIND', type: 'TD3', body: 'AF', wheelbase: 2760, mass: 2055, power: 140 },
] as const;

/** 17 characters without I, O and Q; `YV9` is of no manufacturer. */
export function sampleVin(number: number): string {
  return `YV9ECB${'ABCDEFGHJK'[number % 10]}1PTT${String(number).padStart(6, '0')}`;
}

/** A pure electric M1, complete (stage C), with two axles and one motor. */
export function sampleVehicle({ number, without = [] }: SampleVehicle): DataTree {
  const range = ranges[number % ranges.length]!;
  const variant = `${range.type}X${String.fromCharCode(65 + (number % 7))}`;
  const mass = range.mass + (number % 9) * 5;
  const vehicle: DataTree = {
    Header: { IntendedCountryRegistration: 'NL', DesignatedTypeApprovalCountry: 'e4' },
    CocDataGroup: {
      VehicleIdentificationNumber: sampleVin(number),
      TypeApprovalType: 'EU',
      ProvisionalTypeApprovalIndicator: 'N',
      StageOfCompletion: 'C',
      Type: range.type,
      Variant: variant,
      Version: `${variant}-${10 + (number % 20)}`,
      VehicleCategory: 'M1',
      MethodAttachmentStatutoryPlate: 'A1',
      DateManufactureVehicle: '2026-09-14',
      TypeApprovalNumber: `e4*2018/858*${String(410 + (number % ranges.length)).padStart(5, '0')}*02`,
      TypeApprovalIssueDate: '2026-03-02',
      RightLeftHandTraffic: 'RIGHT',
      MetricImperialSpeedometer: 'M',
      MetricImperialOdometer: 'M',
      MaximumSpeed: '180',
      EcoInnovationsFittedIndicator: 'N',
      VehicleCertified155Indicator: 'Y',
      VehicleCertified156Indicator: 'Y',
      PureElectricVehicleIndicator: 'Y',
      ExhaustEmissionLevel: 'AX',
      ExhaustEmissionLatestRegulationNumber: '715/2007*2023/443AX',
      MakeTable: { MakeGroup: [{ Make: 'NORDHAVN' }] },
      CommercialNameTable: { CommercialNameGroup: [{ CommercialName: range.name }] },
      ManufacturerTable: {
        ManufacturerGroup: [
          {
            ManufacturerStageNumber: '1',
            ManufacturerName: 'NORDHAVN MOTOR AS',
            ManufacturerAddressLine1: 'KAIVEIEN 14',
            ManufacturerPlaceOfResidence: 'NORDHAVN',
            ManufacturerCountryOfResidence: 'NORWAY',
          },
        ],
      },
      LocationMarkingsTable: {
        LocationMarkingsGroup: [
          {
            LocationMarkingsSubject: 'STAT',
            LocationMarkingsVehiclePart: 'BPILR',
            LocationMarkingsVehiclePartSide: 'LEFTSIDE',
          },
          {
            LocationMarkingsSubject: 'VIN',
            LocationMarkingsVehiclePart: 'PASCT',
            LocationMarkingsVehiclePartSide: 'FRONTSIDE',
          },
        ],
      },
      GeneralConstructionGroup: {
        NumberOfAxles: '2',
        NumberOfWheels: '4',
        NumberOfPoweredAxles: '1',
        NumberOfDoors: '4',
        AutomatedVehicle: 'NONAT',
        NumberOfSeatingPositionsIncludingDriver: '5',
      },
      DimensionGroup: { Wheelbase: String(range.wheelbase), Length: '4710', Width: '1895', Height: '1610' },
      MassGroup: {
        MassInRunningOrder: String(mass),
        ActualMass: String(mass + 12),
        TechnicallyPermissibleMaximumLadenMass: String(mass + 480),
      },
      AxleTable: { AxleGroup: [axle(1, String(range.wheelbase)), axle(2, null)] },
      ColourTable: { ColourGroup: [{ Colour: String(1 + (number % 10)) }] },
      BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: range.body }] },
      ConfigurationDoorsGroup: { NumberOfDoorsLeft: '2', NumberOfDoorsRight: '2' },
      WltpEmissionTestParametersGroup: {
        WltpEmissionTestMass: String(mass + 90),
        WltpRoadLoadCoefficientF0: '142.1',
        WltpRoadLoadCoefficientF1: '1.201',
        WltpRoadLoadCoefficientF2: '0.02644',
        DrivingCycleClass: '3b',
        DrivingCycleCappedSpeedIndicator: 'N',
      },
      EnergyConvertorTable: { EnergyConvertorGroup: [motor(number, range.power)] },
    },
  };
  return without.reduce((tree, path) => setAt(tree, path, null), vehicle);
}

function axle(number: number, spacing: string | null): DataTree {
  return {
    AxleNumber: String(number),
    PoweredAxleIndicator: number === 2 ? 'Y' : 'N',
    AxleTrack: number === 1 ? '1615' : '1630',
    ...(spacing ? { AxleSpacing: spacing } : {}),
    TechnicallyPermissibleMassAxle: number === 1 ? '1340' : '1480',
    TyreAxleTable: {
      TyreAxleGroup: [
        {
          TyreNumber: '1',
          TyreSize: '235/50R20',
          LoadCapacityIndexSingleWheel: '104',
          SpeedCategorySymbol: 'V',
          RimSize: '20X8J',
          RimOffSet: '35',
          RollingResistanceClass: 'B',
          TyreFittedProductionIndicator: 'Y',
          TyreCategory: 'C1',
        },
      ],
    },
  };
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
          TestFamilyIdentifiersTable: {
            TestFamilyIdentifiersGroup: [
              { TestFamilyIdentifier: 'IP', TestFamilyIdentifierValue: `IP-${String(1000 + (number % 50))}-YV9-1` },
              { TestFamilyIdentifier: 'RL', TestFamilyIdentifierValue: `RL-${String(2000 + (number % 50))}-YV9-1` },
            ],
          },
        },
      ],
    },
  };
}
