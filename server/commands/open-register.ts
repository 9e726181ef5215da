import { and, eq, ne } from 'drizzle-orm';
import type { ApprovalContent } from '#shared/contract/approval.ts';
import { foldedText } from '#shared/domain/folded-text.ts';
import { mayAct } from '#shared/domain/ownership.ts';
import { actorInOrganisation } from '#server/db/access.ts';
import { listToJudgeAgain } from '#server/db/rejudgements.ts';
import { approvals, records } from '#server/db/schema.ts';
import type { Act } from './command.ts';
import { allow, NotFound } from './errors.ts';

export type ApprovalRow = typeof approvals.$inferSelect;

/** Throws NotFound for who is no member, Forbidden for who may not change the register. */
export async function openRegister(act: Act, organisation: string): Promise<void> {
  const actor = act.actor && (await actorInOrganisation(act.tx, act.actor.id, organisation));
  if (!actor) throw new NotFound('organisation');
  allow(mayAct('manageApprovals', actor));
}

/** Locks an approval for a change. Throws NotFound where it does not exist for the actor, Forbidden. */
export async function openApproval(act: Act, id: string): Promise<ApprovalRow> {
  const [row] = await act.tx.select().from(approvals).where(eq(approvals.id, id)).for('update');
  const actor = row && act.actor && (await actorInOrganisation(act.tx, act.actor.id, row.organisationId));
  if (!actor) throw new NotFound('approval');
  allow(mayAct('manageApprovals', actor));
  return row;
}

/** Every record that hangs on the approval is to be judged again, but for what is archived: that was issued under it. */
export function judgeCarriedAgain({ tx, now }: Act, { organisationId, number }: ApprovalRow): Promise<void> {
  const carried = and(
    eq(records.organisationId, organisationId),
    eq(records.approval, number),
    ne(records.stage, 'archive'),
  );
  return listToJudgeAgain(tx, carried, `approval ${number}`, now);
}

/** What the register's filter box looks through. */
export function searchOfApproval({
  number,
  authority,
  covers,
}: Pick<ApprovalContent, 'authority' | 'covers'> & { number: string }): string {
  return foldedText([number, authority, ...new Set(covers.map(({ type }) => type))].filter(Boolean).join(' '));
}
