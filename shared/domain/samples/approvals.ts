import type { NewApproval } from '#shared/contract/approval.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { baseCategory } from '../catalogue/catalogue.ts';
import { textAt } from '../data-tree.ts';

/** The register's entry that covers an invented vehicle, and every other of its type. */
export function sampleApproval(vehicle: DataTree): typeof NewApproval._zod.output {
  const at = (name: string) => textAt(vehicle, `CocDataGroup/${name}`) ?? '';
  return {
    number: at('TypeApprovalNumber'),
    issuedOn: at('TypeApprovalIssueDate'),
    expiresOn: null,
    authority: 'RDW',
    smallSeries: false,
    categories: [baseCategory(at('VehicleCategory')) ?? 'M1'],
    covers: [{ type: at('Type'), variant: null, version: null }],
    ranges: [],
    signatories: [],
    manufacturer: at('ManufacturerTable/ManufacturerGroup/ManufacturerName') || null,
    representative: null,
    references: [],
  };
}
