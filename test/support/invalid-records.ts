import type { Changes, VehicleKind } from './vehicles.ts';

/** One violation in an invented vehicle, and exactly the rules about the record that report it. */
export interface InvalidRecord {
  rules: string;
  kind: VehicleKind;
  what: string;
  changes: Changes;
}

const of = 'CocDataGroup';
const construction = `${of}/GeneralConstructionGroup`;
const dimensions = `${of}/DimensionGroup`;
const masses = `${of}/MassGroup`;
const axles = `${of}/AxleTable/AxleGroup`;
const tyre = (axle: number) => `${axles}/${axle}/TyreAxleTable/TyreAxleGroup/0`;
const convertors = `${of}/EnergyConvertorTable/EnergyConvertorGroup`;
const source = (engine: number) => `${convertors}/${engine}/EnergySourceTable/EnergySourceGroup/0`;
const trailers = `${of}/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup`;
const towable = 'TechnicallyPermissibleMaximumTowableMass';
const maker = `${of}/ManufacturerTable/ManufacturerGroup/0`;
const coupling = `${of}/MechanicalCouplingTable/MechanicalCouplingGroup/0`;
const vecto = `${of}/VectoGroup`;
const family = (kind: string) =>
  `${source(0)}/TestFamilyIdentifiersTable/TestFamilyIdentifiersGroup[TestFamilyIdentifier=${kind}]`;
const laden = `${masses}/TechnicallyPermissibleMaximumLadenMass`;

const previous = (changes: Changes = {}): Changes => ({
  [`${maker}/ManufacturerStageNumber`]: '2',
  [`${maker}/PreviousStageTypeApprovalNumber`]: 'e1*2018/858*00077*04',
  [`${maker}/PreviousStageType`]: 'CH1',
  [`${maker}/PreviousStageVariant`]: 'CH1B',
  [`${maker}/PreviousStageVersion`]: 'CH1B-2',
  ...changes,
});
const incomplete: Changes = {
  [`${of}/StageOfCompletion`]: 'I',
  [`${dimensions}/MaximumPermissibleLength`]: '9800',
  [`${dimensions}/MaximumPermissibleWidth`]: '2550',
  [`${dimensions}/MaximumPermissibleHeight`]: '3900',
  [`${dimensions}/MaximumPermissibleRearOverhang`]: '3000',
  [`${masses}/MassInRunningOrderIncomplete`]: '5400',
  [`${masses}/MinimumMassCompleted`]: '6100',
};

const electric: [rules: string, what: string, changes: Changes][] = [
  [
    'R04',
    'a VIN with a digit in the ninth place that is no check digit',
    { [`${of}/VehicleIdentificationNumber`]: 'YV9ECBB15TT000001' },
  ],
  ['R07', 'an approval of another country than the header names', { Header: { DesignatedTypeApprovalCountry: 'e1' } }],
  ['R10', 'an approval issued after the vehicle was made', { [`${of}/TypeApprovalIssueDate`]: '2026-09-15' }],
  [
    'R10',
    'a signature before the vehicle was made',
    { [`${of}/SigningAuthorityTable`]: { SigningAuthorityGroup: [{ SignatureDate: '2026-09-13' }] } },
  ],
  [
    'R10',
    'a signature in the future',
    { [`${of}/SigningAuthorityTable`]: { SigningAuthorityGroup: [{ SignatureDate: '2026-11-27' }] } },
  ],
  ['R43', 'a provisional approval that holds nowhere', { [`${of}/ProvisionalTypeApprovalIndicator`]: 'Y' }],
  ['R11', 'three axles, two described', { [`${construction}/NumberOfAxles`]: '3' }],
  ['R12', 'both axles powered, one said', { [`${axles}/0/PoweredAxleIndicator`]: 'Y' }],
  ['R14', 'a spacing 50 mm off the wheelbase', { [`${axles}/0/AxleSpacing`]: '2880' }],
  ['R21', 'no towing table', { [`${of}/TowingBrakedTypeTrailTable`]: null }],
  ['R22', 'five doors, four of them on the sides', { [`${construction}/NumberOfDoors`]: '5' }],
  ['R23', 'ten seats', { [`${construction}/NumberOfSeatingPositionsIncludingDriver`]: '10' }],
  ['R24', 'the bodywork of a van', { [`${of}/BodyworkTable/BodyworkGroup/0/CodeForBodywork`]: 'BB' }],
  ['R24', 'a special purpose without its designation', { [`${of}/VehicleCategory`]: 'M1S' }],
  ['R26', 'an axle that is not said to be powered or not', { [`${axles}/0/PoweredAxleIndicator`]: null }],
  ['R26', 'an indicator that a lorry has', { [`${dimensions}/ElongatedCabIndicator`]: 'N' }],
  ['R27', 'an entry that a bus has', { [`${construction}/NumberOfStandingPlaces`]: '4' }],
  ['R28', 'a motor that takes petrol', { [`${source(0)}/EnergySource`]: '10' }],
  ['R63', 'a type of fuel', { [`${of}/FuelType`]: 'M' }],
  ['R28', 'a hybrid class', { [`${of}/ClassHybridVehicle`]: 'OVC-HEV' }],
  ['R28', 'a CO2 value', { [`${source(0)}/TestWltpCo2Group`]: { WltpCo2Combined: '0' } }],
  ['R64', 'a Cyrillic letter in its type', { [`${of}/Type`]: 'F\u04081' }],
  ['R64', 'an en dash in its version', { [`${of}/Version`]: 'FJ2XB\u201311' }],
  ['R64', 'an invisible character in its variant', { [`${of}/Variant`]: 'FJ2\u200BXB' }],
  [
    'R64 R06',
    'an approval number that begins with a Cyrillic letter',
    { [`${of}/TypeApprovalNumber`]: '\u04354*2018/858*00411*02' },
  ],
  ['R06', 'an approval number in capitals', { [`${of}/TypeApprovalNumber`]: 'E4*2018/858*00411*02' }],
  [
    'R58',
    'a range of heights that is turned round',
    {
      [`${dimensions}/Height`]: null,
      [`${dimensions}/HeightAdjustableMin`]: '1650',
      [`${dimensions}/HeightAdjustableMax`]: '1610',
    },
  ],
  ['R50', 'half a range of heights', { [`${dimensions}/Height`]: null, [`${dimensions}/HeightAdjustableMax`]: '1610' }],
  ['R32', 'no interpolation family', { [family('IP')]: null }],
  [
    'R31',
    'nothing said of a capped speed',
    { [`${of}/WltpEmissionTestParametersGroup/DrivingCycleCappedSpeedIndicator`]: null },
  ],
  ['R28', 'the emission level of a petrol car', { [`${of}/ExhaustEmissionLevel`]: 'Euro 6 EA' }],
  [
    'R31',
    'no consumption in one phase',
    { [`${source(0)}/TestWltpEnergyConsumptionGroup/WltpEnergyConsumptionPureElectricHigh`]: null },
  ],
  ['R31', 'no test mass', { [`${of}/WltpEmissionTestParametersGroup/WltpEmissionTestMass`]: null }],
  ['R32', 'no family of road load', { [family('RL')]: null }],
  [
    'R59',
    'a combined consumption above every phase',
    { [`${source(0)}/TestWltpEnergyConsumptionGroup/WltpEnergyConsumptionPureElectricCombined`]: '281' },
  ],
  ['R34', 'eco-innovations without code and saving', { [`${of}/EcoInnovationsFittedIndicator`]: 'Y' }],
  [
    'R34',
    'a saving by eco-innovations that are not fitted',
    { [`${of}/WltpTotalCo2EmissionSavedDueEcoInnovation`]: '0.70' },
  ],
  ['R35', 'an axle without a tyre fitted in production', { [`${tyre(1)}/TyreFittedProductionIndicator`]: 'N' }],
  ['R35', 'a fitted tyre without its class', { [`${tyre(0)}/RollingResistanceClass`]: null }],
  ['R36', 'a tyre too weak for its axle', { [`${tyre(1)}/LoadCapacityIndexSingleWheel`]: '91' }],
  ['R37', 'a tyre too slow', { [`${tyre(0)}/SpeedCategorySymbol`]: 'Q' }],
  [
    'R42',
    'a coupling on a car',
    { [`${of}/MechanicalCouplingTable`]: { MechanicalCouplingGroup: [{ MechanicalCouplingNumber: '1' }] } },
  ],
  [
    'R54',
    'a body that somebody else completed',
    { [`${of}/StageOfCompletion`]: 'V', [`${of}/CompletedAltered`]: 'A', ...previous() },
  ],
  ['R40', 'a second stage that names none before it', { [`${maker}/ManufacturerStageNumber`]: '2' }],
  ['R61', 'a motor without its power', { [`${source(0)}/PowerGroup/MaximumNetPowerElectric`]: null }],
  ['R61', 'a representative without an address', { [`${of}/EURepresentativeGroup`]: { EURepresentativeName: 'N' } }],
  ['R56', 'a small series without its year', { [`${of}/TypeApprovalType`]: 'ESS' }],
  [
    'R56',
    'two powered axles that nothing connects',
    { [`${construction}/NumberOfPoweredAxles`]: '2', [`${axles}/0/PoweredAxleIndicator`]: 'Y' },
  ],
  ['R58', 'a length ten times too large', { [`${dimensions}/Length`]: '47100' }],
  ['R60', 'a sound level ten times too large', { [`${source(0)}/SoundLevelGroup/SoundLevelDriveBy`]: '660' }],
  ['R50', 'no wheelbase', { [`${dimensions}/Wheelbase`]: null }],
  ['R51', 'a decimal comma', { [`${of}/MaximumSpeed`]: '180,0' }],
  ['R51', 'a code in small letters', { [`${of}/BodyworkTable/BodyworkGroup/0/CodeForBodywork`]: 'ac' }],
  ['R51', 'a width ten times too large', { [`${dimensions}/Width`]: '18950' }],
  ['R51', 'a day of manufacture in the future', { [`${of}/DateManufactureVehicle`]: '2026-12-24' }],
  ['R51', 'a text of a megabyte', { [`${of}/Variant`]: 'X'.repeat(1_000_000) }],
  ['R51', 'a number of a megabyte', { [`${of}/MaximumSpeed`]: '1'.repeat(1_000_000) }],
  ['R53', 'a blank behind a make', { [`${of}/MakeTable/MakeGroup/0/Make`]: 'NORDHAVN ' }],
];

const petrol: typeof electric = [
  ['R15', 'an actual mass below the one in running order', { [`${masses}/ActualMass`]: '1340' }],
  ['R15', 'an actual mass ten times too large', { [`${masses}/ActualMass`]: '13920' }],
  ['R16', 'axles that carry less than the vehicle may weigh', { [`${axles}/0/TechnicallyPermissibleMassAxle`]: '820' }],
  [
    'R18',
    'a combination heavier than car and trailer',
    { [`${trailers}/2/BodyworkTypeTable/BodyworkTypeGroup/0/TechnicallyPermissibleMaximumCombinationMass`]: '3490' },
  ],
  [
    'R60',
    'a trailer heavier than the combination',
    { [`${trailers}/1/BodyworkTypeTable/BodyworkTypeGroup/0/${towable}`]: '6800' },
  ],
  [
    'R61',
    'a car that tows, without the mass on its coupling',
    { [`${masses}/MaximumStaticVerticalMassCouplingPointTable`]: null },
  ],
  ['R61', 'an engine without its sound when standing', { [`${source(0)}/SoundLevelGroup/SoundLevelStationary`]: null }],
  ['R56', 'a car that tows, without the mass of its combination', { [`${trailers}/2`]: null }],
  ['R56', 'no gearbox', { [`${of}/GearGroup`]: null }],
  ['R56', 'no hydrocarbons', { [`${source(0)}/TestWltpType1Group/WltpType1Thc`]: null }],
  ['R30', 'an engine without cylinders', { [`${convertors}/0/NumberOfCylinders`]: null }],
  ['R30', 'no type of fuel', { [`${of}/FuelType`]: null }],
  ['R30', 'an engine without the speed of its power', { [`${source(0)}/PowerGroup/EngineSpeedMaximumNetPower`]: null }],
  ['R31', 'no CO2 in one phase', { [`${source(0)}/TestWltpCo2Group/WltpCo2Low`]: null }],
  ['R32', 'no evaporation family', { [family('EV')]: null }],
  ['R32', 'no ambient temperature family', { [family('ATCT')]: null }],
  ['R33', 'combined CO2 ten times too small', { [`${source(0)}/TestWltpCo2Group/WltpCo2Combined`]: '13.1' }],
  ['R28', 'an engine in a pure electric car', { [`${of}/PureElectricVehicleIndicator`]: 'Y' }],
];

const plugIn: typeof electric = [
  ['R29', 'an engine and a motor without a hybrid class', { [`${of}/ClassHybridVehicle`]: null }],
  ['R29', 'an engine and a motor in a pure electric car', { [`${of}/PureElectricVehicleIndicator`]: 'Y' }],
  ['R31', 'no weighted CO2', { [`${source(0)}/TestWltpCo2Group/WltpCo2WeightedCombined`]: null }],
  [
    'R31',
    'no electric range',
    { [`${source(1)}/TestWltpElectricRangeGroup/WltpEquivalentAllElectricOffVehicleChargingRange`]: null },
  ],
  [
    'R33',
    'a mean of CO2 below every phase',
    { [`${source(0)}/TestWltpCo2Group/WltpCo2ChargeSustainingCombined`]: '88' },
  ],
  ['R61', 'a motor without its power over 30 minutes', { [`${source(1)}/PowerGroup/Maximum30MinutesPower`]: null }],
];

const dieselVan: typeof electric = [
  ['R19', 'an N1 of 3,600 kg', { [laden]: '3600', [`${axles}/0/TechnicallyPermissibleMassAxle`]: '1900' }],
  ['R61', 'dangerous goods without their class', { [`${of}/TypeApprovalTransportDangerousGoodsIndicator`]: 'Y' }],
  ['R56', 'no smoke', { [`${source(0)}/SmokeCorrectedAbsorptionCoefficient`]: null }],
  ['R56', 'no loading area', { [`${dimensions}/LengthLoadingArea`]: null }],
  ['R56', 'no particles', { [`${source(0)}/TestWltpType1Group/WltpType1Particulates`]: null }],
];

const electricVan: typeof electric = [
  ['R13', 'two steered axles, one marked', { [`${construction}/NumberOfSteeredAxles`]: '2' }],
  ['R13', 'an axle with twin wheels that is not marked', { [`${construction}/NumberOfAxlesWithTwinWheels`]: '1' }],
  ['R17', 'axles that carry more than there is', { [`${axles}/0/DistributionMassRunningOrderAxle`]: '1690' }],
  ['R27', 'a colour', { [`${of}/ColourTable`]: { ColourGroup: [{ Colour: '1' }] } }],
  ['R27', 'a class of rolling resistance', { [`${tyre(0)}/RollingResistanceClass`]: 'B' }],
  ['R56', 'no mass of its batteries', { [`${masses}/AdditionalMassAlternativePropulsion`]: null }],
  [
    'R38',
    'a group of vehicles without the hashes',
    { [`${vecto}/VehicleGroup`]: '53', [`${vecto}/AveragePayload`]: '1', [`${vecto}/SpecificCo2EmissionsMass`]: '0' },
  ],
];

const trailer: typeof electric = [
  [
    'R19',
    'an O2 of 3,700 kg',
    {
      [laden]: '3700',
      [`${axles}/0/TechnicallyPermissibleMassAxle`]: '1800',
      [`${axles}/1/TechnicallyPermissibleMassAxle`]: '1800',
    },
  ],
  [
    'R16',
    'axles and coupling that carry less than the trailer may weigh',
    { [`${axles}/0/TechnicallyPermissibleMassAxle`]: '1240' },
  ],
  ['R24', 'the bodywork of a car', { [`${of}/BodyworkTable/BodyworkGroup/0/CodeForBodywork`]: 'AA' }],
  [
    'R41',
    'a coupling that can be fitted, on a complete trailer',
    {
      [`${of}/MechanicalCouplingCanBeFittedTable`]: {
        MechanicalCouplingCanBeFittedGroup: [{ MechanicalCouplingCanBeFittedClass: 'A' }],
      },
    },
  ],
  ['R61', 'two axles without their spacing', { [`${axles}/0/AxleSpacing`]: null }],
  ['R61', 'a coupling without its approval', { [`${coupling}/MechanicalCouplingApprovalNumber`]: null }],
];

const bus: typeof electric = [
  ['R25', 'a colour', { [`${of}/ColourTable`]: { ColourGroup: [{ Colour: '1' }] } }],
  ['R62', 'the group that the schema lists by mistake', { [`${vecto}/VehicleGroup`]: '24c' }],
  [
    'R19',
    'a bus of 4,900 kg',
    {
      [laden]: '4900',
      [`${masses}/MassInRunningOrder`]: '3900',
      [`${masses}/ActualMass`]: '3900',
      [`${axles}/0/DistributionMassRunningOrderAxle`]: '1900',
      [`${axles}/1/DistributionMassRunningOrderAxle`]: '2000',
    },
  ],
  ['R23', 'nine seats', { [`${construction}/NumberOfSeatingPositionsIncludingDriver`]: '9' }],
  ['R36', 'twin wheels too weak for their axle', { [`${tyre(1)}/LoadCapacityIndexTwinWheel`]: '144' }],
  ['R38', 'no hash of the records file', { [`${vecto}/CryptographicHashManufacturerRecord`]: null }],
  ['R38', 'a hash in another notation', { [`${vecto}/CryptographicHashCustomerInformationFile`]: 'c'.repeat(64) }],
  ['R56', 'no standing places in class I', { [`${construction}/NumberOfStandingPlaces`]: null }],
];

const lorry: typeof electric = [
  [
    'R54 R40',
    'a completed lorry that names no stage before it',
    { [`${of}/StageOfCompletion`]: 'V', [`${of}/CompletedAltered`]: 'A' },
  ],
  [
    'R54 R40',
    'a stage that changed nothing',
    {
      [`${of}/StageOfCompletion`]: 'V',
      [`${of}/CompletedAltered`]: 'A',
      ...previous({
        [`${maker}/PreviousStageTypeApprovalNumber`]: 'e4*2018/858*00411*02',
        [`${maker}/PreviousStageVariant`]: 'TR8XB',
        [`${maker}/PreviousStageVersion`]: 'TR8XB-11',
      }),
    },
  ],
  [
    'R54 R57',
    'a completed lorry without its length',
    {
      [`${of}/StageOfCompletion`]: 'V',
      [`${of}/CompletedAltered`]: 'A',
      ...previous(),
      [`${dimensions}/Length`]: null,
    },
  ],
  [
    'R54 R41',
    'an incomplete lorry without its permissible length',
    { ...incomplete, [`${dimensions}/MaximumPermissibleLength`]: null },
  ],
  ['R54 R57', 'an incomplete lorry without its axles', { ...incomplete, [`${construction}/NumberOfAxles`]: null }],
  [
    'R54 R56',
    'a completed lorry that does not say what was completed',
    { [`${of}/StageOfCompletion`]: 'V', ...previous() },
  ],
  ['R54 R50', 'an incomplete lorry without a make', { ...incomplete, [`${of}/MakeTable`]: null }],
  ['R56', 'no result of the cycle for heavy engines', { [`${source(0)}/TestWhtcGroup`]: null }],
  ['R61', 'axle groups without a mass', { [`${of}/AxleGroupTable`]: { AxleGroupGroup: [{ AxleGroupNumber: '1' }] } }],
];

const spoiltOn = (kind: VehicleKind, rows: typeof electric): InvalidRecord[] =>
  rows.map(([rules, what, changes]) => ({ kind, rules, what, changes }));

const real: readonly InvalidRecord[] = [
  ...spoiltOn('extendable semi-trailer', [
    ['R50', 'the least length alone', { [`${dimensions}/LengthAdjustableMax`]: null }],
    ['R61', 'nothing resting on its tractor', { [`${masses}/MaximumStaticVerticalMassCouplingPointTable`]: null }],
    ['R61', 'a coupling without its mark', { [`${coupling}/MechanicalCouplingApprovalMark`]: null }],
    [
      'R61',
      'axles without any spacing',
      {
        [`${axles}/0/AxleSpacingAdjustableMin`]: null,
        [`${axles}/0/AxleSpacingAdjustableMax`]: null,
        [`${axles}/1/AxleSpacing`]: null,
      },
    ],
    [
      'R15',
      'a largest mass in running order above the laden mass',
      { [`${masses}/MassInRunningOrderVariableMax`]: '97000' },
    ],
  ]),
  ...spoiltOn('motor caravan', [
    ['R24', 'neither a designation nor a bodywork', { [`${of}/BodyworkTable`]: null }],
    ['R50', 'no category of special purpose', { [`${of}/VehicleCategory`]: 'M1' }],
  ]),
  ...spoiltOn('car for Great Britain', [
    ['R51', 'a country of no approval authority', { 'Header/DesignatedTypeApprovalCountry': 'g12' }],
  ]),
  ...spoiltOn('electric car under Euro 7', [
    ['R28', 'the level of a combustion engine', { [`${of}/ExhaustEmissionLevel`]: 'Euro 6 AP' }],
  ]),
  ...spoiltOn('van with a heavy-duty engine', [
    ['R56', 'no result of the cycle for heavy engines', { [`${source(0)}/TestWhtcGroup`]: null }],
  ]),
  ...spoiltOn('drawbar trailer', [
    ['R14', 'a spacing that is not its wheelbase', { [`${dimensions}/Wheelbase`]: '4100' }],
  ]),
  ...spoiltOn('tandem centre-axle trailer', [
    ['R61', 'nothing resting on its car', { [`${masses}/MaximumStaticVerticalMassCouplingPointTable`]: null }],
  ]),
  ...spoiltOn('O1 trailer', [
    [
      'R60',
      'a registration mass above its laden mass',
      {
        [`${of}/InServiceMaximumMassTable/InServiceMaximumMassGroup/0/InServiceMaximumPermissibleLadenMass`]: '850',
      },
    ],
  ]),
  ...spoiltOn('car of a small maker', [
    ['R04b', 'a VIN that ends in a letter', { [`${of}/VehicleIdentificationNumber`]: 'YV9ECBAFPTTABC10X' }],
  ]),
  ...spoiltOn('car with two motors and one power', [
    ['R61', 'no power at all', { [`${of}/ConsolidatedMaximumNetPowerElectric`]: null }],
  ]),
];

export const invalidRecords: readonly InvalidRecord[] = [
  ...spoiltOn('pure electric car', electric),
  ...spoiltOn('petrol car', petrol),
  ...spoiltOn('plug-in car', plugIn),
  ...spoiltOn('diesel van', dieselVan),
  ...spoiltOn('electric van', electricVan),
  ...spoiltOn('trailer', trailer),
  ...spoiltOn('bus', bus),
  ...spoiltOn('lorry', lorry),
  ...real,
];
