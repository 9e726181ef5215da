import { eq, sql } from 'drizzle-orm';
import type { Approval } from '#shared/contract/approval.ts';
import { withdrawalOf } from '#server/db/facts.ts';
import { approvals } from '#server/db/schema.ts';
import { approvalOf, filesOf } from '#server/db/approvals.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { command } from '../command.ts';
import { Stale } from '../errors.ts';
import { rejudgeCoveredRecords, loadApprovalForUpdate } from './load.ts';

/** `on`: the first day on which it is no longer valid. */
interface Input {
  approval: string;
  on: string;
  why: string;
}

/**
 * Withdraws an approval from a given day on; every record it covers is rejudged. Throws NotFound, Forbidden, and Stale
 * if it is already withdrawn.
 */
export const withdrawApproval = command(
  'withdraw-approval',
  async (ctx, { approval, on, why }: Input): Promise<Approval> => {
    const row = await loadApprovalForUpdate(ctx, approval);
    const earlier = withdrawalOf(row);
    if (earlier) throw new Stale('withdrawal', earlier);
    const [withdrawn] = await ctx.tx
      .update(approvals)
      .set({ withdrawnOn: on, withdrawnWhy: why, version: sql`${approvals.version} + 1` })
      .where(eq(approvals.id, row.id))
      .returning();
    await rejudgeCoveredRecords(ctx, row);
    ctx.record({
      trail: row.organisationId,
      kind: 'approval.withdrawn',
      body: { approval: row.id, number: row.number, on, why },
    });
    const today = await todayIn(ctx.tx, row.organisationId, ctx.now);
    return { ...approvalOf(withdrawn!, today), files: await filesOf(ctx.tx, row.id) };
  },
);
