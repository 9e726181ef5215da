import type { z } from 'zod';
import type { Card, HandOver } from '#shared/contract/record.ts';
import { dayOf } from '#shared/domain/day.ts';
import { assignmentDenials, type Taken } from '#shared/domain/assignment.ts';
import { handOverDenial } from '#shared/domain/ownership.ts';
import { absencesOf } from '#server/db/absences.ts';
import { dutiesIn, type ScopeAccess } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type CommandContext } from '../command.ts';
import { assertAllowed, Refused, Stale } from '../errors.ts';
import { loadRecordForUpdate, type LoadedRecord } from './load.ts';
import { saveAndJudge } from '../judging/save-record.ts';
import { notifyNextActionAssigned } from './notify-next-action.ts';

type Input = z.infer<typeof HandOver> & { record: string };

/**
 * Sets the next action of a record: what, who and until when. Throws Stale if somebody else already owns it, Forbidden,
 * and Refused for a person who may not take it [O02, O05, O06].
 */
export const assignNextAction = command('hand-over', async (ctx, input: Input): Promise<{ card: Card }> =>
  setNextAction(ctx, await loadRecordForUpdate(ctx, input.record), input),
);

/**
 * The same for a record that is already locked. `takesBack`: the operation to undo. Permission is then checked against
 * the record as it was before that operation, because the person who gave the action away owned it. An absent person
 * may get back an action that they had before.
 */
export async function setNextAction(
  ctx: CommandContext,
  { row, scope, actor }: LoadedRecord,
  input: Omit<Input, 'record'>,
  takesBack?: string,
): Promise<{ card: Card }> {
  if (row.actionOwnerId !== input.from) throw new Stale('nextAction', row.actionOwnerId);
  const owned = takesBack && input.to !== null ? { ...cardOf(row), nextAction: { owner: input.to } } : cardOf(row);
  assertAllowed(handOverDenial(actor, owned, input.to));
  if (input.to !== input.from) {
    const prospective = { ...cardOf(row), nextAction: { due: input.due } };
    await requireEligibleOwner(ctx, scope, prospective, input.to, takesBack !== undefined);
  }
  const next = { nextAction: input.what, actionOwnerId: input.to, dueOn: input.due };
  const card = await saveAndJudge(ctx.tx, row, ctx.now, next);
  ctx.record({
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
  // An undone assignment returns an action to its previous owner, who was notified then.
  if (!takesBack) notifyNextActionAssigned(ctx, scope.id, row.actionOwnerId, card);
  return { card };
}

/**
 * Throws Refused if a person may not take the next action of a record. `anyDay`: ignores absences, because they already
 * had the action.
 */
export async function requireEligibleOwner(
  ctx: CommandContext,
  scope: ScopeAccess['scope'],
  record: Taken,
  person: string | null,
  anyDay = false,
): Promise<void> {
  if (person === null) return;
  const today = dayOf(ctx.now, scope.timeZone);
  const [duties, absences] = await Promise.all([
    dutiesIn(ctx.tx, person, scope.id),
    anyDay ? [] : absencesOf(ctx.tx, scope.organisationId, person, today),
  ]);
  const against = assignmentDenials(record, { id: person, duties, absences }, today);
  if (against.length > 0) throw new Refused(against);
}
