import type { ColumnMapping } from '#shared/contract/import.ts';
import { entryOf } from '#shared/domain/catalogue/catalogue.ts';

type Columns = ColumnMapping['columns'];

/** Uses the keys of the catalogue, so that a preset cannot name an element that is not an entry. */
const filling = (columns: Record<string, string>): Columns =>
  Object.entries(columns).map(([column, key]) => ({ column, path: entryOf(key)?.path ?? key }));

const axleTrack = (axle: number) => `CocDataGroup/AxleTable/AxleGroup/${axle}/AxleTrack`;

/**
 * Mappings that ship with the product. Columns whose unit or notation differs from the certificate's (fuel names,
 * eco-innovation texts, NEDC values) are left out on purpose: values are copied, never converted.
 */
export const presets: readonly ColumnMapping[] = [
  {
    id: '0e0c0000-0000-4000-8000-000000000001',
    name: 'EEA monitoring of CO₂ (passenger cars)',
    preset: true,
    columns: filling({
      VFN: 'familyIP',
      Man: 'manufacturerName',
      Tan: 'typeApprovalNumber',
      T: 'type',
      Va: 'variant',
      Ve: 'version',
      Mk: 'make',
      Cn: 'commercialName',
      Ct: 'vehicleCategory',
      'm (kg)': 'massInRunningOrder',
      Mt: 'testMass',
      'Ewltp (g/km)': 'co2Combined',
      'W (mm)': 'wheelbase',
      'At1 (mm)': axleTrack(0),
      'At2 (mm)': axleTrack(1),
      'ec (cm3)': 'engineCapacity',
    }),
  },
  {
    id: '0e0c0000-0000-4000-8000-000000000002',
    name: 'Numbered data sheet (0.1. Make; 0.2. Type; …)',
    preset: true,
    columns: filling({
      StageOfCompletionCode: 'stageOfCompletion',
      '0.1. Make': 'make',
      '0.2. TypeApprovalNumber': 'typeApprovalNumber',
      '0.2. Type': 'type',
      '0.2. Variant': 'variant',
      '0.2. Version': 'version',
      '0.2.1. CommercialName': 'commercialName',
      '0.10. VehicleIdentificationNumber': 'vin',
      '23. PureElectricVehIndicator': 'pureElectric',
      '23.1. ClassOfHybridVehicleCode': 'hybridClass',
      '25. EngineCapacity': 'engineCapacity',
      '26. FuelCode': 'energySource',
      '27.1. MaximumNetPower': 'maxNetPowerCombustion',
      '13. MassOfTheVehicleInRunningOrder': 'massInRunningOrder',
      '16.1. TechnPermMaxLadenMass': 'maxLadenMass',
      '42. NrOfSeatingPositions': 'seats',
      '49. WLTPCombinedCO2': 'co2Combined',
      '49. WLTPCombinedFuelCons': 'fuelConsumptionCombined',
      '49. WLTPWeightedCombinedCO2': 'co2WeightedCombined',
      '49. WLTPWeightedCombinedFuelCons': 'fuelConsumptionWeightedCombined',
      '0.11. DateOfManufactureVeh': 'dateOfManufacture',
    }),
  },
];

/** The mapping that fits a header best: at least half of its columns must be present. Undefined if none fits. */
export function fittingMapping(
  mappings: readonly ColumnMapping[],
  header: readonly string[],
): ColumnMapping | undefined {
  const at = columnFinder(header);
  const fits = (mapping: ColumnMapping) => mapping.columns.filter(({ column }) => at(column) >= 0).length;
  return mappings.filter((mapping) => fits(mapping) * 2 >= mapping.columns.length).sort((a, b) => fits(b) - fits(a))[0];
}

/**
 * Returns a function for the index of a column in a header, -1 if it is missing. A name that differs only in case or
 * blanks matches, unless several columns would match.
 */
export function columnFinder(header: readonly string[]): (column: string) => number {
  const exact = new Map(header.map((name, at) => [name, at]));
  const alike = Map.groupBy(header.keys(), (at) => plain(header[at]!));
  return (column) => {
    const candidates = alike.get(plain(column)) ?? [];
    return exact.get(column) ?? (candidates.length === 1 ? candidates[0]! : -1);
  };
}

const plain = (name: string) => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
