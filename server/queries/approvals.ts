import type { Approval } from '#shared/contract/approval.ts';
import { approvalState } from '#shared/domain/approvals.ts';
import { withdrawalOf } from '#server/db/facts.ts';
import type { approvals } from '#server/db/schema.ts';

/** A register's row as people and programs read it, without its files. `today`: `YYYY-MM-DD`. */
export function approvalOf(row: typeof approvals.$inferSelect, today: string): Omit<Approval, 'files'> {
  const { organisationId: _, search: _search, withdrawnOn: _on, withdrawnWhy: _why, ...content } = row;
  const withdrawn = withdrawalOf(row);
  return { ...content, withdrawn, state: approvalState({ ...content, withdrawn }, today) };
}
