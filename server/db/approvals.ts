import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Approval, ApprovalContent, ApprovalFile } from '#shared/contract/approval.ts';
import { approvalState } from '#shared/domain/approvals.ts';
import type { Db, Tx } from './driver/client.ts';
import { withdrawalOf } from './facts.ts';
import { approvalFiles, approvals, files } from './schema.ts';

type ApprovalRow = typeof approvals.$inferSelect;

/** Maps a row of the register to its API form, without files. `today`: `YYYY-MM-DD`. */
export function approvalOf(row: ApprovalRow, today: string): Omit<Approval, 'files'> {
  const { organisationId: _, search: _search, withdrawnOn: _on, withdrawnWhy: _why, ...content } = row;
  const withdrawn = withdrawalOf(row);
  return { ...content, withdrawn, state: approvalState({ ...content, withdrawn }, today) };
}

/** The part of an approval that people entered. */
export function contentOf(row: ApprovalRow): ApprovalContent {
  const { issuedOn, expiresOn, authority, smallSeries, categories, covers, ranges } = row;
  const { signatories, manufacturer, representative, references } = row;
  return {
    issuedOn,
    expiresOn,
    authority,
    smallSeries,
    categories,
    covers,
    ranges,
    signatories,
    manufacturer,
    representative,
    references,
  };
}

/** The files of an approval, oldest first. */
export async function filesOf(db: Db | Tx, approval: string): Promise<ApprovalFile[]> {
  const rows = await db
    .select({
      hash: approvalFiles.hash,
      name: approvalFiles.name,
      mediaType: files.mediaType,
      bytes: files.size,
      addedBy: approvalFiles.addedBy,
      at: approvalFiles.at,
    })
    .from(approvalFiles)
    .innerJoin(approvals, eq(approvals.id, approvalFiles.approvalId))
    .innerJoin(files, and(eq(files.organisationId, approvals.organisationId), eq(files.hash, approvalFiles.hash)))
    .where(eq(approvalFiles.approvalId, approval))
    .orderBy(asc(approvalFiles.at), asc(approvalFiles.hash));
  return rows.map(({ at, ...file }) => ({ ...file, at: at.toISOString() }));
}

/**
 * Locks the approvals that records are about to reference until the transaction ends. A concurrent change of one of
 * them waits, and then finds the records among its covered records.
 */
export async function lockApprovals(tx: Tx, organisationId: string, numbers: readonly (string | null | undefined)[]) {
  const named = [...new Set(numbers.flatMap((number) => number ?? []))];
  if (named.length === 0) return;
  await tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.organisationId, organisationId), inArray(approvals.number, named)))
    .orderBy(asc(approvals.id))
    .for('key share');
}
