import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';
import { realKinds } from './real-vehicles.ts';

const kinds = { ...sampleKinds, ...realKinds };
export type VehicleKind = keyof typeof kinds;
/** Elements and their new text; null removes one. */
export type Changes = Record<string, DataNode | null>;

export const vehicleKinds = Object.keys(kinds) as VehicleKind[];

/** A vehicle with a unique number. */
export const vehicleNumbered = (kind: VehicleKind, number: number): DataTree => kinds[kind](number);

/** An invented valid vehicle, from the product's samples or those of the tests, with some elements changed. */
export function vehicleOf(kind: VehicleKind, changes: Changes = {}): DataTree {
  return Object.entries(changes).reduce((data, [path, value]) => setAt(data, path, value), kinds[kind](1));
}

/** An invented complete M1 with some elements changed. */
export const completeM1 = (changes: Changes = {}): DataTree => vehicleOf('pure electric car', changes);
