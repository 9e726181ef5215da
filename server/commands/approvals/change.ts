import { eq, sql } from 'drizzle-orm';
import type { Approval, ApprovalContent } from '#shared/contract/approval.ts';
import { approvals } from '#server/db/schema.ts';
import { approvalOf, contentOf, filesOf } from '#server/db/approvals.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { command } from '../command.ts';
import { Stale } from '../errors.ts';
import { rejudgeCoveredRecords, loadApprovalForUpdate, searchOfApproval } from './load.ts';

type Input = ApprovalContent & { approval: string; version: number };

/**
 * Changes an approval in the register; every record it covers is rejudged. Throws NotFound, Forbidden, and Stale if
 * somebody changed it since the caller read it.
 */
export const changeApproval = command(
  'change-approval',
  async (ctx, { approval, version, ...content }: Input): Promise<Approval> => {
    const row = await loadApprovalForUpdate(ctx, approval);
    const today = await todayIn(ctx.tx, row.organisationId, ctx.now);
    const files = await filesOf(ctx.tx, row.id);
    if (row.version !== version) throw new Stale('approval', { ...approvalOf(row, today), files });
    const [changed] = await ctx.tx
      .update(approvals)
      .set({
        ...content,
        version: sql`${approvals.version} + 1`,
        search: searchOfApproval({ number: row.number, ...content }),
      })
      .where(eq(approvals.id, row.id))
      .returning();
    await rejudgeCoveredRecords(ctx, row);
    ctx.record({
      trail: row.organisationId,
      kind: 'approval.changed',
      body: { approval: row.id, number: row.number, before: contentOf(row), after: content },
    });
    return { ...approvalOf(changed!, today), files };
  },
);
