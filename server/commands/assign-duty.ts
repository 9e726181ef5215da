import type { z } from 'zod';
import type { Card, DutyAssignment } from '#shared/contract/record.ts';
import { stageOf } from '#shared/domain/operating-model.ts';
import { mayBeGiven } from '#shared/domain/ownership.ts';
import { dutiesIn } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type Act } from './command.ts';
import { Refused, Stale } from './errors.ts';
import { allowOn, dutyColumn, openRecord, type OpenRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';
import { tellOfAction } from './tell-of-action.ts';

type Input = z.infer<typeof DutyAssignment> & { record: string };

/**
 * Gives a duty on a record to a person who holds it in the scope, or to nobody. Where the duty owns the present stage,
 * an unowned next action goes with it. Throws Stale, Forbidden, Refused.
 */
export const assignDuty = command('assign-duty', async (act, input: Input): Promise<{ card: Card }> =>
  giveDuty(act, await openRecord(act, input.record), input),
);

/** A duty that is taken back, and whether the next action had gone with it. */
interface TakenBack {
  takesBack: string;
  follows: boolean;
}

/** The same on a record that is held already. */
export async function giveDuty(
  act: Act,
  open: OpenRecord,
  input: Omit<Input, 'record'>,
  back?: TakenBack,
): Promise<{ card: Card }> {
  const { row, scope } = open;
  allowOn(open, 'assignDuties');
  const column = dutyColumn[input.duty];
  if (row[column] !== input.from) throw new Stale(input.duty, row[column]);
  if (input.to !== null) {
    const refusal = mayBeGiven(input.duty, { duties: await dutiesIn(act.tx, input.to, scope.id) });
    if (refusal) throw new Refused([refusal]);
  }
  const goesAlong = stageOf(row.stage).owner === input.duty && row.actionOwnerId === input.from;
  const follows = back?.follows ?? goesAlong;
  const card = await settleRecord(act.tx, row, act.now, {
    [column]: input.to,
    ...(follows ? { actionOwnerId: input.to } : {}),
  });
  act.record({
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
  // What is taken back was theirs before; they were told of it then.
  if (!back) tellOfAction(act, scope.id, row.actionOwnerId, card);
  return { card };
}
