import type { z } from 'zod';
import type { NewApproval } from '#shared/contract/approval.ts';
import type { DataTree } from '#shared/contract/record.ts';
import { baseCategory } from '../catalogue/catalogue.ts';
import { textAt } from '../data-tree.ts';
import { sampleKinds } from './kinds.ts';

/** The approval in the register that covers an invented vehicle and all others of its type. */
export function sampleApproval(vehicle: DataTree): z.output<typeof NewApproval> {
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

/** The register that covers every invented vehicle: one approval per approval number, with all its types. */
export function sampleApprovals(): z.output<typeof NewApproval>[] {
  const byNumber = new Map<string, z.output<typeof NewApproval>>();
  for (const make of Object.values(sampleKinds)) {
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const approval = sampleApproval(make(number));
      const known = byNumber.get(approval.number) ?? { ...approval, categories: [], covers: [] };
      byNumber.set(approval.number, {
        ...known,
        categories: [...new Set([...known.categories, ...approval.categories])],
        covers: known.covers.some(({ type }) => type === approval.covers[0]!.type)
          ? known.covers
          : [...known.covers, ...approval.covers],
      });
    }
  }
  return [...byNumber.values()];
}
