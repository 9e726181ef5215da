import type { z } from 'zod';
import type { Card, HandOver } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
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

/**
 * The same on a record that is held already. `takesBack`: the operation it undoes; it is asked for the record as it was
 * then, because whoever gave something away owned it.
 */
export async function giveNextAction(
  act: Act,
  { row, scope, actor }: OpenRecord,
  input: Omit<Input, 'record'>,
  takesBack?: string,
): Promise<{ card: Card }> {
  if (row.actionOwnerId !== input.from) throw new Stale('next action', row.actionOwnerId);
  const owned = takesBack && input.to !== null ? { ...cardOf(row), nextAction: { owner: input.to } } : cardOf(row);
  allow(mayHandOver(actor, owned, input.to));
  await mayOwnNextAction(act, scope.id, row.stage, input.to);
  const next = { nextAction: input.what, actionOwnerId: input.to, dueOn: input.due };
  const card = await settleRecord(act.tx, row, act.now, next);
  act.record({
    trail: scope.id,
    kind: 'record.handedOver',
    record: { id: row.id, reference: row.reference },
    body: {
      before: { what: row.nextAction, owner: row.actionOwnerId, due: row.dueOn },
      after: { what: input.what, owner: input.to, due: input.due },
      ...(takesBack ? { takesBack } : {}),
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  return { card };
}

/** O02. Throws Refused where a person may not own the next action of a record in a stage. */
export async function mayOwnNextAction(act: Act, scope: string, stage: StageKey, person: string | null): Promise<void> {
  if (person === null) return;
  const duties = await dutiesIn(act.tx, person, scope);
  const refusal = duties.includes('lead') ? null : mayBeGiven(stageOf(stage).owner, { duties });
  if (refusal) throw new Refused([refusal]);
}
