import facts from './ivi-schema.json' with { type: 'json' };

/** One element inside a type of the IVI 2.0 schema of 2026-02-26. */
export interface SchemaElement {
  type: string;
  /** The element may be repeated. */
  many: boolean;
}

type Row = readonly [name: string, type: string, min: number, max: number | 'unbounded'];

const types = new Map<string, ReadonlyMap<string, SchemaElement>>(
  Object.entries(facts.complex as unknown as Record<string, Row[]>).map(([type, rows]) => [
    type,
    new Map(rows.map(([name, of, , max]) => [name, { type: of, many: max !== 1 }])),
  ]),
);

export const iviNamespace = 'http://eu.ereg.initialvehicleinformation.v2';
export const iviRoot = 'InitialVehicleInformation';

/** The child elements of a type; undefined if it contains text. */
export function childrenOf(type: string): ReadonlyMap<string, SchemaElement> | undefined {
  return types.get(type);
}
