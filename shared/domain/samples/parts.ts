import type { DataTree } from '#shared/contract/record.ts';

/** 17 characters without I, O and Q; `YV9` is not assigned to any manufacturer. */
export function sampleVin(number: number): string {
  return `YV9ECB${'ABCDEFGHJK'[number % 10]}1PTT${String(number).padStart(6, '0')}`;
}

interface Identity {
  number: number;
  category: string;
  type: string;
  name: string;
}

/** The first page of every certificate, with an invented manufacturer. */
export function firstPage({ number, category, type, name }: Identity): DataTree {
  const variant = `${type}X${String.fromCharCode(65 + (number % 7))}`;
  return {
    VehicleIdentificationNumber: sampleVin(number),
    TypeApprovalType: 'EU',
    ProvisionalTypeApprovalIndicator: 'N',
    StageOfCompletion: 'C',
    Type: type,
    Variant: variant,
    Version: `${variant}-${10 + (number % 20)}`,
    VehicleCategory: category,
    MethodAttachmentStatutoryPlate: 'A1',
    DateManufactureVehicle: '2026-09-14',
    TypeApprovalNumber: `e4*2018/858*${String(410 + (number % 5)).padStart(5, '0')}*02`,
    TypeApprovalIssueDate: '2026-03-02',
    MakeTable: { MakeGroup: [{ Make: 'NORDHAVN' }] },
    CommercialNameTable: { CommercialNameGroup: [{ CommercialName: name }] },
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
  };
}

/** Additional elements of every motor vehicle. */
export const motorVehicle: DataTree = {
  RightLeftHandTraffic: 'RIGHT',
  MetricImperialSpeedometer: 'M',
  MetricImperialOdometer: 'M',
  VehicleCertified155Indicator: 'Y',
  VehicleCertified156Indicator: 'Y',
};

export const message = (coc: DataTree): DataTree => ({
  Header: { IntendedCountryRegistration: 'NL', DesignatedTypeApprovalCountry: 'e4' },
  CocDataGroup: coc,
});

interface Tyre {
  size: string;
  index: string;
  symbol: string;
  rim: string;
  more?: DataTree;
}

/** An axle with one tyre; `more`: additional elements of its row. */
export function axle(number: number, mass: number, tyre: Tyre, more: DataTree = {}): DataTree {
  return {
    AxleNumber: String(number),
    ...more,
    TechnicallyPermissibleMassAxle: String(mass),
    TyreAxleTable: {
      TyreAxleGroup: [
        {
          TyreNumber: '1',
          TyreSize: tyre.size,
          LoadCapacityIndexSingleWheel: tyre.index,
          SpeedCategorySymbol: tyre.symbol,
          RimSize: tyre.rim,
          RimOffSet: '35',
          TyreFittedProductionIndicator: 'Y',
          ...tyre.more,
        },
      ],
    },
  };
}

const towable = (masses: Record<string, number>): DataTree => ({
  BodyworkTypeGroup: Object.entries(masses).map(([trailer, mass]) => ({
    BodyworkTypeTrailer: trailer,
    TechnicallyPermissibleMaximumTowableMass: String(mass),
  })),
});

interface Towing {
  /** Braked trailers by their bodywork: drawbar DB, centre-axle DC. */
  braked: Record<string, number>;
  unbraked: number;
  combination: number | null;
}

/** The towing table; a vehicle that may not tow has zeros in it. */
export function towing({ braked, unbraked, combination }: Towing): DataTree {
  const alone = (mass: DataTree): DataTree => ({ BodyworkTypeTable: { BodyworkTypeGroup: [mass] } });
  return {
    TowingBrakedTypeTrailGroup: [
      { BrakedTypeTrail: 'BRK', BodyworkTypeTable: towable(braked) },
      {
        BrakedTypeTrail: 'UNB',
        ...alone({ TechnicallyPermissibleMaximumTowableMass: String(unbraked) }),
      },
      ...(combination === null ? [] : [alone({ TechnicallyPermissibleMaximumCombinationMass: String(combination) })]),
    ],
  };
}

export const noTowing = towing({ braked: { DB: 0, DC: 0 }, unbraked: 0, combination: null });

export const verticalMass = (mass: number): DataTree => ({
  MaximumStaticVerticalMassCouplingPointGroup: [
    { TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: String(mass) },
  ],
});

export const families = (of: Record<string, string>): DataTree => ({
  TestFamilyIdentifiersGroup: Object.entries(of).map(([kind, value]) => ({
    TestFamilyIdentifier: kind,
    TestFamilyIdentifierValue: value,
  })),
});

/** Five values of a WLTP test under the schema's names: the phases and the combined value. */
export function phases(prefix: string, values: readonly [string, string, string, string, string]): DataTree {
  const names = ['Low', 'Medium', 'High', 'ExtraHigh', 'Combined'];
  return Object.fromEntries(names.map((name, at) => [`${prefix}${name}`, values[at]!]));
}

export function wltpTest(mass: number): DataTree {
  return {
    WltpEmissionTestMass: String(mass),
    WltpRoadLoadCoefficientF0: '142.1',
    WltpRoadLoadCoefficientF1: '1.201',
    WltpRoadLoadCoefficientF2: '0.02644',
    DrivingCycleClass: '3b',
    DrivingCycleCappedSpeedIndicator: 'N',
  };
}
