import { and, eq, ne } from 'drizzle-orm';
import type { ApprovalContent } from '#shared/contract/approval.ts';
import { foldedText } from '#shared/domain/folded-text.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { approvals, records } from '#server/db/schema.ts';
import type { CommandContext } from '../command.ts';
import { assertAllowed, NotFound } from '../errors.ts';

export type ApprovalRow = typeof approvals.$inferSelect;

/** Throws NotFound if the actor is not a member, and Forbidden if the actor may not change the register. */
export async function requireRegisterAccess(ctx: CommandContext, organisation: string): Promise<void> {
  const actor = ctx.actor && (await actorInOrganisation(ctx.tx, ctx.actor.id, organisation));
  if (!actor) throw new NotFound('organisation');
  assertAllowed(permissionDenial('manageApprovals', actor));
}

/** Locks an approval for a change. Throws NotFound if it does not exist for the actor, and Forbidden. */
export async function loadApprovalForUpdate(ctx: CommandContext, id: string): Promise<ApprovalRow> {
  const [row] = await ctx.tx.select().from(approvals).where(eq(approvals.id, id)).for('update');
  const actor = row && ctx.actor && (await actorInOrganisation(ctx.tx, ctx.actor.id, row.organisationId));
  if (!actor) throw new NotFound('approval');
  assertAllowed(permissionDenial('manageApprovals', actor));
  return row;
}

/**
 * Adds every record that references the approval to the rejudge queue, except archived ones: those were issued under
 * it.
 */
export function rejudgeCoveredRecords(
  { tx, now }: CommandContext,
  { organisationId, number }: ApprovalRow,
): Promise<void> {
  const covered = and(
    eq(records.organisationId, organisationId),
    eq(records.approval, number),
    ne(records.stage, 'archive'),
  );
  return enqueueRejudge(tx, covered, `approval ${number}`, now);
}

/** The text that the register's filter box searches. */
export function searchOfApproval({
  number,
  authority,
  covers,
}: Pick<ApprovalContent, 'authority' | 'covers'> & { number: string }): string {
  return foldedText([number, authority, ...new Set(covers.map(({ type }) => type))].filter(Boolean).join(' '));
}
