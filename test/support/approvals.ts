import type { Approval, ApprovalContent } from '#shared/contract/approval.ts';
import { sampleApproval } from '#shared/domain/samples/approvals.ts';
import type { Client } from './client.ts';
import type { SeededOrganisation } from './seed-organisation.ts';
import { vehicle } from './records.ts';
import { approvalPath } from '#shared/domain/rules/approval.ts';

let registered = 0;

/** The body that registers an approval under a new number, which no record references yet. */
export function newApproval(changes: Partial<ApprovalContent & { number: string }> = {}) {
  const number = `e4*2018/858*${String(20_000 + registered++)}*00`;
  return { ...sampleApproval(vehicle()), number, ...changes };
}

/** Registers it. */
export function registerOne(
  users: SeededOrganisation,
  changes: Partial<ApprovalContent & { number: string }> = {},
): Promise<Approval> {
  return users.lead.call('post /api/organisations/{organisation}/approvals', {
    params: { organisation: users.organisation },
    body: newApproval(changes),
  });
}

/** The data of a vehicle that references an approval and is covered by it. */
export const vehicleUnder = ({ number, covers }: Pick<Approval, 'number' | 'covers'>) =>
  vehicle({ [approvalPath]: number, 'CocDataGroup/Type': covers[0]!.type });

/** The body of a change: the registered content with some fields changed. */
export function changeOf(approval: Approval, changes: Partial<ApprovalContent>) {
  const {
    id,
    number: _,
    base: _b,
    extension: _e,
    typed: _t,
    withdrawn: _w,
    state: _s,
    files: _f,
    ...content
  } = approval;
  return { params: { approval: id }, body: { ...content, ...changes } };
}

export const coveredBy = (
  reader: Client,
  { id }: Pick<Approval, 'id'>,
  query: { fallen?: boolean; after?: string } = {},
) => reader.call('get /api/approvals/{approval}/records', { params: { approval: id }, query });
