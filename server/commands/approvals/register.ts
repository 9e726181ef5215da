import type { z } from 'zod';
import type { Approval, NewApproval } from '#shared/contract/approval.ts';
import type { Finding } from '#shared/contract/finding.ts';
import { readApprovalNumber } from '#shared/domain/approval-number.ts';
import { approvals } from '#server/db/schema.ts';
import { approvalOf } from '#server/db/approvals.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import { command } from '../command.ts';
import { Refused } from '../errors.ts';
import { rejudgeCoveredRecords, requireRegisterAccess, searchOfApproval } from './load.ts';

type Input = z.infer<typeof NewApproval> & { organisation: string };

/**
 * Registers an approval at one extension; the records that already reference it are rejudged. Throws NotFound,
 * Forbidden, and Refused for a number that cannot be parsed or is already registered.
 */
export const registerApproval = command(
  'register-approval',
  async (ctx, { organisation, number: typed, ...content }: Input): Promise<Approval> => {
    await requireRegisterAccess(ctx, organisation);
    const read = readApprovalNumber(typed, { national: true });
    if (typeof read === 'string') throw new Refused([unreadable(typed, read)]);
    const { number, base, extension } = read;
    const [row] = await ctx.tx
      .insert(approvals)
      .values({
        organisationId: organisation,
        number,
        base,
        extension,
        typed,
        ...content,
        search: searchOfApproval({ number, ...content }),
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new Refused([taken(number)]);
    await rejudgeCoveredRecords(ctx, row);
    ctx.record({
      trail: organisation,
      kind: 'approval.registered',
      body: { approval: row.id, number, typed, ...content },
    });
    return { ...approvalOf(row, await todayIn(ctx.tx, organisation, ctx.now)), files: [] };
  },
);

/** R06 for the register itself: a number must be parseable here, so an unreadable one is refused. */
const unreadable = (value: string, why: string): Finding => ({
  rule: 'M08',
  key: 'approval.form',
  params: { value, why },
  severity: 'error',
  entry: 'typeApprovalNumber',
  mend: ['lead'],
});

/** M09. */
const taken = (number: string): Finding => ({
  rule: 'M09',
  key: 'approval.taken',
  params: { number },
  severity: 'error',
  entry: null,
  mend: ['lead'],
});
