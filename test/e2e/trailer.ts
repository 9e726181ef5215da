/** An invented O2, a centre-axle trailer with two axles, as a person types it: what stands once, and its tables. */
export const identity = { category: 'O2', vin: 'YV9ECBB1PTT000301', type: 'TH4' };

const coc = 'CocDataGroup';
const marking = (subject: string) =>
  `${coc}/LocationMarkingsTable/LocationMarkingsGroup[LocationMarkingsSubject=${subject}]`;
const manufacturer = `${coc}/ManufacturerTable/ManufacturerGroup/0`;
const coupling = `${coc}/MechanicalCouplingTable/MechanicalCouplingGroup/0`;

export const single: readonly (readonly [path: string, text: string])[] = [
  [`${coc}/MakeTable/MakeGroup/0/Make`, 'NORDHAVN'],
  [`${coc}/Variant`, 'TH4XB'],
  [`${coc}/Version`, 'TH4XB-11'],
  [`${coc}/CommercialNameTable/CommercialNameGroup/0/CommercialName`, 'TILHENGER'],
  [`${manufacturer}/ManufacturerName`, 'NORDHAVN MOTOR AS'],
  [`${manufacturer}/ManufacturerAddressLine1`, 'KAIVEIEN 14'],
  [`${manufacturer}/ManufacturerPlaceOfResidence`, 'NORDHAVN'],
  [`${manufacturer}/ManufacturerCountryOfResidence`, 'NORWAY'],
  [`${manufacturer}/ManufacturerStageNumber`, '1'],
  [`${coc}/MethodAttachmentStatutoryPlate`, 'A1'],
  [`${marking('STAT')}/LocationMarkingsVehiclePart`, 'BPILR'],
  [`${marking('STAT')}/LocationMarkingsVehiclePartSide`, 'LEFTSIDE'],
  [`${marking('VIN')}/LocationMarkingsVehiclePart`, 'PASCT'],
  [`${marking('VIN')}/LocationMarkingsVehiclePartSide`, 'FRONTSIDE'],
  [`${coc}/DateManufactureVehicle`, '2026-09-14'],
  [`${coc}/StageOfCompletion`, 'C'],
  [`${coc}/TypeApprovalType`, 'EU'],
  [`${coc}/ProvisionalTypeApprovalIndicator`, 'N'],
  [`${coc}/TypeApprovalNumber`, 'e4*2018/858*00630*02'],
  [`${coc}/TypeApprovalIssueDate`, '2026-03-02'],
  [`${coc}/GeneralConstructionGroup/NumberOfAxles`, '2'],
  [`${coc}/GeneralConstructionGroup/NumberOfWheels`, '4'],
  [`${coc}/GeneralConstructionGroup/NumberOfAxlesWithTwinWheels`, '0'],
  [`${coc}/GeneralConstructionGroup/NumberOfSteeredAxles`, '0'],
  [`${coc}/DimensionGroup/Wheelbase`, '750'],
  [`${coc}/DimensionGroup/Length`, '6200'],
  [`${coc}/DimensionGroup/Width`, '2080'],
  [`${coc}/DimensionGroup/Height`, '1350'],
  [`${coc}/DimensionGroup/LengthLoadingArea`, '4100'],
  [`${coc}/DimensionGroup/RearOverhang`, '1900'],
  [`${coc}/MassGroup/MassInRunningOrder`, '660'],
  [`${coc}/MassGroup/ActualMass`, '690'],
  [`${coc}/MassGroup/TechnicallyPermissibleMaximumLadenMass`, '2700'],
  [
    `${coc}/MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup/0/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint`,
    '100',
  ],
  [`${coc}/MaximumSpeed`, '100'],
  [`${coc}/BodyworkTable/BodyworkGroup/0/CodeForBodywork`, 'DC'],
  [`${coupling}/DistanceCentreCouplingRearEnd`, '6050'],
  [`${coupling}/MechanicalCouplingApprovalNumber`, 'E4*55R01/08*5512*00'],
  [`${coupling}/MechanicalCouplingDistributionMassRunningOrder`, '50'],
  [`${coupling}/MechanicalCouplingValueS`, '150'],
  [`${coc}/TypeApprovalTransportDangerousGoodsIndicator`, 'N'],
  ['Header/IntendedCountryRegistration', 'NL'],
  ['Header/DesignatedTypeApprovalCountry', 'e4'],
];

export const axles = `${coc}/AxleTable/AxleGroup`;

/** As a spreadsheet has them: an axle a row, headings by element. */
export const axleSheet: readonly (readonly string[])[] = [
  [
    'AxleNumber',
    'TwinWheelsAxleIndicator',
    'SteeredAxleIndicator',
    'LiftAxleIndicator',
    'LoadableAxleIndicator',
    'AxleAirSuspensionOrEquivalentIndicator',
    'AxleSpacing',
    'DistributionMassRunningOrderAxle',
    'TechnicallyPermissibleMassAxle',
  ],
  ['1', 'N', 'N', 'N', 'N', 'N', '750', '310', '1350'],
  ['2', 'N', 'N', 'N', 'N', 'N', '', '300', '1350'],
];

/** Of each axle's tyre. */
export const tyre: Readonly<Record<string, string>> = {
  TyreSize: '195/50R13C',
  TyreNumber: '1',
  LoadCapacityIndexSingleWheel: '104',
  SpeedCategorySymbol: 'N',
  RimSize: '6.00JX13',
  RimOffSet: '35',
  TyreFittedProductionIndicator: 'Y',
};
