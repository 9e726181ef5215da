import { eq, sql } from 'drizzle-orm';
import type { Approval, ApprovalContent } from '#shared/contract/approval.ts';
import { approvals } from '#server/db/schema.ts';
import { approvalOf, contentOf, filesOf } from '#server/db/approvals.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { command } from './command.ts';
import { Stale } from './errors.ts';
import { judgeCarriedAgain, openApproval, searchOfApproval } from './open-register.ts';

type Input = ApprovalContent & { approval: string; version: number };

/**
 * Changes what the register says of an approval; every record it carries is judged again. Throws NotFound, Forbidden, and
 * Stale where somebody changed it since the caller looked.
 */
export const changeApproval = command(
  'change-approval',
  async (act, { approval, version, ...content }: Input): Promise<Approval> => {
    const row = await openApproval(act, approval);
    const today = await todayIn(act.tx, row.organisationId, act.now);
    const files = await filesOf(act.tx, row.id);
    if (row.version !== version) throw new Stale('approval', { ...approvalOf(row, today), files });
    const [changed] = await act.tx
      .update(approvals)
      .set({
        ...content,
        version: sql`${approvals.version} + 1`,
        search: searchOfApproval({ number: row.number, ...content }),
      })
      .where(eq(approvals.id, row.id))
      .returning();
    await judgeCarriedAgain(act, row);
    act.record({
      trail: row.organisationId,
      kind: 'approval.changed',
      body: { approval: row.id, number: row.number, before: contentOf(row), after: content },
    });
    return { ...approvalOf(changed!, today), files };
  },
);
