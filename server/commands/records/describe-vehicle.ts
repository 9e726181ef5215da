import { createHash } from 'node:crypto';
import type { DataTree } from '#shared/contract/record.ts';
import { searchTextOf } from '#shared/domain/card-filter.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { approvalNumberOf } from '#shared/domain/rules/register.ts';
import type { records } from '#server/db/schema.ts';

type Description = Pick<
  typeof records.$inferSelect,
  | 'vin'
  | 'buildStage'
  | 'make'
  | 'type'
  | 'variant'
  | 'typeVersion'
  | 'commercialName'
  | 'category'
  | 'dataHash'
  | 'approval'
>;

/** In characters. A longer text is not a VIN (R01 reports it) and does not fit into an index. */
const maxVinLength = 100;

/** The values of the vehicle data that the record's row repeats, for cards, search and uniqueness. */
export function describeVehicle(data: DataTree): Description {
  const at = (path: string) => textAt(data, `CocDataGroup/${path}`) ?? null;
  const vin = at('VehicleIdentificationNumber');
  return {
    vin: vin && vin.length <= maxVinLength ? vin : null,
    buildStage: at('StageOfCompletion')?.slice(0, maxVinLength) ?? '',
    make: at('MakeTable/MakeGroup/Make'),
    type: at('Type'),
    variant: at('Variant'),
    typeVersion: at('Version'),
    commercialName: at('CommercialNameTable/CommercialNameGroup/CommercialName'),
    category: at('VehicleCategory'),
    approval: approvalNumberOf(data),
    dataHash: hashOfData(data),
  };
}

/** The text that the filter box searches. */
export const searchText = (reference: string, vehicle: Description): string => searchTextOf({ ...vehicle, reference });

/** SHA-256 of the tree with its elements sorted: equal data always has the same hash. */
function hashOfData(data: DataTree): string {
  const ordered = JSON.stringify(data, (_, node: unknown) =>
    node && typeof node === 'object' && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
  return createHash('sha256').update(ordered).digest('hex');
}
