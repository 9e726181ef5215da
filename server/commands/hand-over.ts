import type { z } from 'zod';
import type { Card, HandOver } from '#shared/contract/record.ts';
import { mayBeGiven, mayHandOver } from '#shared/domain/ownership.ts';
import { stageOf } from '#shared/domain/operating-model.ts';
import { dutiesIn } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type Act } from './command.ts';
import { allow, Refused, Stale } from './errors.ts';
import { openRecord, type OpenRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

type Input = z.infer<typeof HandOver> & { record: string };

/**
 * Says what has to happen next on a record, who does it and until when. Throws Stale when somebody else already owns
 * it, Forbidden, and Refused for a person without a fitting duty.
 */
export const handOver = command('hand-over', async (act, input: Input): Promise<{ card: Card }> =>
  giveNextAction(act, await openRecord(act, input.record), input),
);

/** The same on a record that is held already. */
export async function giveNextAction(
  act: Act,
  { row, scope, actor }: OpenRecord,
  input: Omit<Input, 'record'>,
): Promise<{ card: Card }> {
  if (row.actionOwnerId !== input.from) throw new Stale('next action', row.actionOwnerId);
  allow(mayHandOver(actor, cardOf(row), input.to));
  if (input.to !== null) {
    const duties = await dutiesIn(act.tx, input.to, scope.id);
    const refusal = duties.includes('lead') ? null : mayBeGiven(stageOf(row.stage).owner, { duties });
    if (refusal) throw new Refused([refusal]);
  }
  const next = { nextAction: input.what, actionOwnerId: input.to, dueOn: input.due };
  const card = await settleRecord(act.tx, row, act.now, next);
  act.record({
    trail: scope.id,
    kind: 'record.handedOver',
    record: { id: row.id, reference: row.reference },
    body: {
      before: { what: row.nextAction, owner: row.actionOwnerId, due: row.dueOn },
      after: { what: input.what, owner: input.to, due: input.due },
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  return { card };
}
