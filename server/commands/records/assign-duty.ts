import type { z } from 'zod';
import type { Card, DutyAssignment } from '#shared/contract/record.ts';
import { stageOf } from '#shared/domain/operating-model.ts';
import { dutyDenial } from '#shared/domain/ownership.ts';
import { dutiesIn } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type CommandContext } from '../command.ts';
import { Refused, Stale } from '../errors.ts';
import { assertPermission, dutyColumn, loadRecordForUpdate, type LoadedRecord } from './load.ts';
import { saveAndJudge } from '../judging/save-record.ts';
import { notifyNextActionAssigned } from './notify-next-action.ts';

type Input = z.infer<typeof DutyAssignment> & { record: string };

/**
 * Assigns a duty on a record to a person who has it in the scope, or to nobody. If the duty owns the present stage, an
 * unowned next action is assigned with it. Throws Stale, Forbidden, Refused.
 */
export const assignDuty = command('assign-duty', async (ctx, input: Input): Promise<{ card: Card }> =>
  setRecordDuty(ctx, await loadRecordForUpdate(ctx, input.record), input),
);

/** The operation to undo, and whether it had also assigned the next action. */
interface UndoneDuty {
  takesBack: string;
  follows: boolean;
}

/** The same for a record that is already locked. */
export async function setRecordDuty(
  ctx: CommandContext,
  open: LoadedRecord,
  input: Omit<Input, 'record'>,
  back?: UndoneDuty,
): Promise<{ card: Card }> {
  const { row, scope } = open;
  assertPermission(open, 'assignDuties');
  const column = dutyColumn[input.duty];
  if (row[column] !== input.from) throw new Stale(input.duty, row[column]);
  if (input.to !== null) {
    const refusal = dutyDenial(input.duty, { duties: await dutiesIn(ctx.tx, input.to, scope.id) });
    if (refusal) throw new Refused([refusal]);
  }
  const goesAlong = stageOf(row.stage).owner === input.duty && row.actionOwnerId === input.from;
  const follows = back?.follows ?? goesAlong;
  const card = await saveAndJudge(ctx.tx, row, ctx.now, {
    [column]: input.to,
    ...(follows ? { actionOwnerId: input.to } : {}),
  });
  ctx.record({
    trail: scope.id,
    kind: 'record.assigned',
    record: { id: row.id, reference: row.reference },
    body: {
      duty: input.duty,
      before: input.from,
      after: input.to,
      ...(follows ? { follows } : {}),
      ...(back ? { takesBack: back.takesBack } : {}),
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  // An undone assignment returns an action to its previous owner, who was notified then.
  if (!back) notifyNextActionAssigned(ctx, scope.id, row.actionOwnerId, card);
  return { card };
}
