import type { DataTree } from '#shared/contract/record.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';
import { axle, verticalMass } from '#shared/domain/samples/parts.ts';

type Changes = Parameters<typeof setAt>[2];

const of = 'CocDataGroup';
const source = `${of}/EnergyConvertorTable/EnergyConvertorGroup/0/EnergySourceTable/EnergySourceGroup/0`;
const bodywork = `${of}/BodyworkTable/BodyworkGroup`;

const like = (kind: keyof typeof sampleKinds, changes: Record<string, Changes>) => (number: number) =>
  Object.entries(changes).reduce<DataTree>(
    (data, [path, value]) => setAt(data, path, value),
    sampleKinds[kind](number),
  );

const heavyTyre = { size: '385/65R22.5', index: '160', symbol: 'K', rim: '22.5X11.75' };
const trailerAxle = (number: number, mass: number, running: number, spacing?: number): DataTree =>
  axle(number, mass, heavyTyre, {
    TwinWheelsAxleIndicator: 'N',
    SteeredAxleIndicator: 'N',
    LiftAxleIndicator: 'N',
    LoadableAxleIndicator: 'N',
    AxleAirSuspensionOrEquivalentIndicator: 'Y',
    DistributionMassRunningOrderAxle: String(running),
    ...(spacing ? { AxleSpacing: String(spacing) } : {}),
  });

const dolly: Record<string, Changes> = {
  [`${of}/VehicleCategory`]: 'O3S',
  [`${of}/MaximumSpeed`]: '90',
  [`${of}/DimensionGroup`]: { Wheelbase: '4100', Length: '5900', Width: '2550', Height: '1250', RearOverhang: '700' },
  [`${of}/MassGroup`]: {
    MassInRunningOrder: '2450',
    ActualMass: '2450',
    TechnicallyPermissibleMaximumLadenMass: '10000',
  },
  [`${of}/AxleTable`]: { AxleGroup: [trailerAxle(1, 5000, 1200, 1310), trailerAxle(2, 5000, 1200)] },
  [bodywork]: [{ SpecialPurposeDesignation: 'SJ' }],
  [`${of}/MechanicalCouplingTable/MechanicalCouplingGroup/0/DistanceCentreCouplingRearEnd`]: '5700',
};

/** An engine type-approved under 595/2009: no WLTP value, and the results of its bench tests. */
const heavyDutyEngine: Record<string, Changes> = {
  [`${of}/ExhaustEmissionLevel`]: 'Euro VI E',
  [`${of}/ExhaustEmissionLatestRegulationNumber`]: '595/2009*2019/1939E',
  [`${of}/WltpEmissionTestParametersGroup`]: null,
  [`${source}/TestFamilyIdentifiersTable`]: null,
  [`${source}/TestRdeGroup`]: null,
  [`${source}/TestWltpType1Group`]: null,
  [`${source}/TestWltpCo2Group`]: null,
  [`${source}/TestWltpFuelConsumptionGroup`]: null,
  [`${source}/TestWhscGroup`]: { WhscCo: '11.2', WhscNox: '182.0', WhscParticulates: '3.9' },
  [`${source}/TestWhtcGroup`]: { WhtcCo: '27.5', WhtcNox: '214.6', WhtcParticulates: '4.4' },
};

/** Invented vehicles modelled on real ones, which stricter rules would wrongly stop. Each passes every gate. */
export const realKinds = {
  'extendable semi-trailer': like('trailer', {
    [`${of}/VehicleCategory`]: 'O4',
    [`${of}/GeneralConstructionGroup/NumberOfAxles`]: '3',
    [`${of}/GeneralConstructionGroup/NumberOfWheels`]: '6',
    [`${of}/MaximumSpeed`]: '100',
    [`${of}/DimensionGroup`]: {
      WheelbaseAdjustableMin: '7600',
      WheelbaseAdjustableMax: '13900',
      LengthAdjustableMin: '13600',
      LengthAdjustableMax: '19900',
      WidthAdjustableMin: '2550',
      WidthAdjustableMax: '3000',
      HeightAdjustableMin: '1100',
      HeightAdjustableMax: '1350',
      RearOverhangAdjustableMin: '2100',
      RearOverhangAdjustableMax: '3900',
      LengthLoadingAreaAdjustableMin: '13400',
      LengthLoadingAreaAdjustableMax: '19700',
    },
    [`${of}/MassGroup`]: {
      MassInRunningOrderVariableMin: '9200',
      MassInRunningOrderVariableMax: '9700',
      ActualMass: '9420',
      TechnicallyPermissibleMaximumLadenMass: '42000',
      MaximumStaticVerticalMassCouplingPointTable: verticalMass(15000),
    },
    [`${of}/AxleTable`]: {
      AxleGroup: [
        {
          ...trailerAxle(1, 9000, 2300),
          AxleSpacingAdjustableMin: '1310',
          AxleSpacingAdjustableMax: '2050',
        },
        trailerAxle(2, 9000, 2300, 1310),
        trailerAxle(3, 9000, 2300),
      ],
    },
    [bodywork]: [{ CodeForBodywork: 'DA' }],
    [`${of}/MechanicalCouplingTable/MechanicalCouplingGroup/0`]: {
      MechanicalCouplingNumber: '1',
      MechanicalCouplingApprovalMark: 'E4 55R-01 5513',
      MechanicalCouplingValueD: '162.00',
      DistanceCentreCouplingRearEndAdjustableMin: '12000',
      DistanceCentreCouplingRearEndAdjustableMax: '18300',
      MechanicalCouplingDistributionMassRunningOrder: '2520',
    },
  }),
  'motor caravan': like('diesel van', {
    ...heavyDutyEngine,
    [`${of}/VehicleCategory`]: 'M1S',
    [`${of}/TypeApprovalTransportDangerousGoodsIndicator`]: null,
    [`${of}/GeneralConstructionGroup/NumberOfAxlesWithTwinWheels`]: null,
    [`${of}/AxleTable/AxleGroup/0/TwinWheelsAxleIndicator`]: null,
    [`${of}/AxleTable/AxleGroup/1/TwinWheelsAxleIndicator`]: null,
    [`${of}/DimensionGroup/LengthLoadingArea`]: null,
    [bodywork]: [{ SpecialPurposeDesignation: 'SA' }],
  }),
  caravan: like('trailer', {
    [`${of}/VehicleCategory`]: 'O2S',
    [`${of}/DimensionGroup/Wheelbase`]: '4350',
    [`${of}/DimensionGroup/LengthLoadingArea`]: null,
    [bodywork]: [{ SpecialPurposeDesignation: 'SE' }],
  }),
  dolly: like('trailer', dolly),
  'car for Great Britain': like('petrol car', {
    'Header/DesignatedTypeApprovalCountry': 'g11',
    'Header/IntendedCountryRegistration': 'UK',
    [`${of}/RightLeftHandTraffic`]: 'LEFT',
    [`${of}/MetricImperialSpeedometer`]: 'B',
    [`${of}/TypeApprovalNumber`]: 'g11*2018/858*00411*02',
  }),
  'bus of group 34c': like('bus', { [`${of}/VectoGroup/VehicleGroup`]: '34c' }),
  'electric car under Euro 7': like('pure electric car', {
    [`${of}/ExhaustEmissionLevel`]: 'Euro 7 GE',
    [`${of}/ExhaustEmissionLatestRegulationNumber`]: '2024/1257*2025/1706',
  }),
  'van with a heavy-duty engine': like('diesel van', heavyDutyEngine),
  'drawbar trailer': like('trailer', {
    ...dolly,
    [`${of}/VehicleCategory`]: 'O3',
    [`${of}/DimensionGroup/Wheelbase`]: '1310',
    [`${of}/DimensionGroup/LengthLoadingArea`]: '4600',
    [bodywork]: [{ CodeForBodywork: 'DB' }],
  }),
  'tandem centre-axle trailer': like('trailer', { [`${of}/DimensionGroup/Wheelbase`]: '4350' }),
  'O1 trailer': like('trailer', {
    [`${of}/VehicleCategory`]: 'O1',
    [`${of}/GeneralConstructionGroup`]: { NumberOfAxles: '1', NumberOfWheels: '2', NumberOfAxlesWithTwinWheels: '0' },
    [`${of}/DimensionGroup/Wheelbase`]: '2350',
    [`${of}/DimensionGroup/Length`]: '3400',
    [`${of}/DimensionGroup/LengthLoadingArea`]: '2100',
    [`${of}/DimensionGroup/RearOverhang`]: '900',
    [`${of}/MassGroup/MassInRunningOrder`]: '180',
    [`${of}/MassGroup/ActualMass`]: '190',
    [`${of}/MassGroup/TechnicallyPermissibleMaximumLadenMass`]: '750',
    [`${of}/MassGroup/MaximumStaticVerticalMassCouplingPointTable`]: verticalMass(75),
    [`${of}/InServiceMaximumMassTable`]: {
      InServiceMaximumMassGroup: [
        { InServiceMaximumPermissibleMassCountry: 'DE', InServiceMaximumPermissibleLadenMass: '750' },
      ],
    },
    [`${of}/AxleTable`]: {
      AxleGroup: [
        axle(
          1,
          750,
          { size: '155/70R13', index: '75', symbol: 'N', rim: '4.00JX13' },
          {
            TwinWheelsAxleIndicator: 'N',
            AxleAirSuspensionOrEquivalentIndicator: 'N',
            DistributionMassRunningOrderAxle: '155',
          },
        ),
      ],
    },
    [`${of}/MechanicalCouplingTable/MechanicalCouplingGroup/0/DistanceCentreCouplingRearEnd`]: '3300',
    [`${of}/MechanicalCouplingTable/MechanicalCouplingGroup/0/MechanicalCouplingDistributionMassRunningOrder`]: '25',
  }),
  'car of a small maker': like('petrol car', { [`${of}/VehicleIdentificationNumber`]: 'YV9ECBAFPTTABC101' }),
  'car with two motors and one power': like('pure electric car', {
    [`${source}/PowerGroup`]: null,
    [`${of}/ConsolidatedMaximumNetPowerElectric`]: '150',
    [`${of}/ConsolidatedMaximum30MinutesPower`]: '75',
  }),
  'car with a rotary engine': like('petrol car', {
    [`${of}/EnergyConvertorTable/EnergyConvertorGroup/0/CombustionCycle`]: 'ROT',
    [`${of}/EnergyConvertorTable/EnergyConvertorGroup/0/NumberOfCylinders`]: null,
    [`${of}/EnergyConvertorTable/EnergyConvertorGroup/0/ArrangementCylinders`]: null,
  }),
} satisfies Record<string, (number: number) => DataTree>;
