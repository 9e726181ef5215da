import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';

export type VehicleKind = keyof typeof sampleKinds;
/** Elements and their new text; null removes one. */
export type Changes = Record<string, DataNode | null>;

export const vehicleKinds = Object.keys(sampleKinds) as VehicleKind[];

/** An invented whole vehicle with some elements changed. */
export function vehicleOf(kind: VehicleKind, changes: Changes = {}): DataTree {
  return Object.entries(changes).reduce((data, [path, value]) => setAt(data, path, value), sampleKinds[kind](1));
}

/** An invented complete M1 with some elements changed. */
export const completeM1 = (changes: Changes = {}): DataTree => vehicleOf('pure electric car', changes);
