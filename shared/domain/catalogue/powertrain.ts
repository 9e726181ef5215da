import type { DataTree } from '#shared/contract/record.ts';
import { rowsAt, textAt, textsAt } from '../data-tree.ts';
import type { ConvertorKind } from './entry.ts';

export type Powertrain = 'ice' | 'novcHev' | 'ovcHev' | 'pureElectric' | 'fuelCell';

/** An engine or motor: one row of the table of energy convertors. */
export interface Convertor {
  row: DataTree;
  /** Its row as quoted in findings, counted from 1: `EnergyConvertorGroup/2`. */
  at: string;
  /** Null if its working principle and its energy sources are missing, of another kind, or contradictory. */
  kind: ConvertorKind | null;
}

export const convertorsPath = 'CocDataGroup/EnergyConvertorTable/EnergyConvertorGroup';
export const pureElectricPath = 'CocDataGroup/PureElectricVehicleIndicator';
export const hybridClassPath = 'CocDataGroup/ClassHybridVehicle';

const burned = new Set(['10', '11', '12', '15', '16', '19', '20', '21', '22', '30', '40', '44', '55', '60']);

const cache = new WeakMap<DataTree, readonly Convertor[]>();

export function convertorsOf(data: DataTree): readonly Convertor[] {
  let convertors = cache.get(data);
  if (!convertors) {
    const rows = rowsAt(data, convertorsPath);
    convertors = rows.map((row, index) => ({ row, at: `EnergyConvertorGroup/${index + 1}`, kind: kindOf(row) }));
    cache.set(data, convertors);
  }
  return convertors;
}

/**
 * The kind of a convertor. The schema has no working principle for fuel cells: a convertor without a principle whose
 * only source is hydrogen is treated as a fuel cell.
 */
function kindOf(row: DataTree): ConvertorKind | null {
  const principle = textAt(row, 'WorkingPrinciple');
  const sources = textsAt(row, 'EnergySourceTable/EnergySourceGroup/EnergySource');
  const takesOnly = (codes: (source: string) => boolean) => sources.every(codes);
  if (principle === 'ELECT') return takesOnly((source) => source === '95') ? 'electric' : null;
  if (/^(INT|EXT)[PC]I$/.test(principle ?? '')) {
    return takesOnly((source) => burned.has(source) || source === '50' || source === '90') ? 'combustion' : null;
  }
  if (principle !== undefined || sources.length === 0) return null;
  if (takesOnly((source) => source === '95')) return 'electric';
  if (takesOnly((source) => source === '50')) return 'fuelCell';
  return takesOnly((source) => burned.has(source)) ? 'combustion' : null;
}

const byClass: Readonly<Record<string, Powertrain>> = {
  'OVC-HEV': 'ovcHev',
  'NOVC-HEV': 'novcHev',
  'OVC-FCHV': 'fuelCell',
  'NOVC-FCHV': 'fuelCell',
};

/** The powertrain of the vehicle; null if its indicator, its hybrid class and its convertors do not agree. */
export function powertrainOf(data: DataTree): Powertrain | null {
  const pure = textAt(data, pureElectricPath);
  const hybrid = textAt(data, hybridClassPath);
  const kinds = convertorsOf(data).map(({ kind }) => kind);
  if (pure === 'Y') return hybrid === undefined && kinds.every((kind) => kind === 'electric') ? 'pureElectric' : null;
  if (pure !== 'N') return null;
  if (hybrid !== undefined) return Object.hasOwn(byClass, hybrid) ? byClass[hybrid]! : null;
  if (kinds.length === 0 || kinds.includes(null)) return null;
  if (kinds.every((kind) => kind === 'combustion')) return 'ice';
  return kinds.includes('fuelCell') && !kinds.includes('combustion') ? 'fuelCell' : null;
}
