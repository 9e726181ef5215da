import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';

/** An invented complete M1 with some elements changed; null removes one. */
export function completeM1(changes: Record<string, DataNode | null> = {}): DataTree {
  return Object.entries(changes).reduce(
    (data, [path, value]) => setAt(data, path, value),
    sampleVehicle({ number: 1 }),
  );
}
