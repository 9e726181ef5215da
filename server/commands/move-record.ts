import { generateKeyBetween } from 'fractional-indexing';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, Move } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { verdictOnMove } from '#shared/domain/judge.ts';
import { isForward, stageOf } from '#shared/domain/operating-model.ts';
import { notCommitted } from '#shared/domain/document-policy.ts';
import { mayMove } from '#shared/domain/ownership.ts';
import { accessToRecord } from '#server/db/access.ts';
import { cardOf, gapInStage, type RecordRow } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type Command, type Services } from './command.ts';
import { allow, NotFound, Refused, Stale } from './errors.ts';
import { dutyColumn, openRecord } from './open-record.ts';
import { judgeRecord, settleRecord } from './settle-record.ts';

type Input = z.infer<typeof Move> & { record: string };

/** So long a move waits for the changes of the document it was decided on, in milliseconds. */
const patience = 5_000;

/** As `placeRecord`; first it waits until what the mover saw of the record's document is committed. Throws Refused else. */
export const moveRecord: Command<Input, { card: Card }> = async (services, call, input) => {
  // Not in the transaction: what is waited for needs the record.
  const seen = input.seen === undefined ? null : new Uint8Array(Buffer.from(input.seen, 'base64'));
  if (seen) {
    // Whoever may not see the record is not told anything of its document either.
    if (!(await accessToRecord(services.db, call.actor!.id, input.record))) throw new NotFound('record');
    if (!(await holdsAll(services, input.record, seen))) throw new Refused([notCommitted]);
  }
  return placeRecord(services, call, input);
};

async function holdsAll(services: Services, record: string, seen: Uint8Array): Promise<boolean> {
  try {
    return await services.documentHolds(record, seen, patience);
  } catch (error) {
    if (error instanceof NotFound) throw error;
    return false;
  }
}

/**
 * Moves a card to a stage, or to another place in its own. Forward it takes the gates of every stage passed on the way.
 * Throws Stale when the card already left the stage the mover saw it in, Forbidden, Refused with the gates' findings.
 */
const placeRecord = command('move-record', async (act, input: Input): Promise<{ card: Card }> => {
  const { row, scope, actor } = await openRecord(act, input.record);
  if (row.stage !== input.from) throw new Stale('stage', row.stage);
  allow(mayMove(actor, cardOf(row), input.to));
  const back = input.to !== row.stage && !isForward(row.stage, input.to);
  if (back && !input.reason) throw new Refused([reasonMissing]);

  const [judged, [low, high]] = await Promise.all([
    judgeRecord(act.tx, row, act.now),
    gapInStage(act.tx, scope.id, input.to, input.after === row.id ? undefined : input.after),
  ]);
  const verdict = verdictOnMove(judged.verdicts, row.stage, input.to);
  if (!verdict.open) throw new Refused(verdict.findings);

  const placed = { stage: input.to, rank: generateKeyBetween(low, high) };
  const entered = input.to === row.stage ? {} : { ...enter(row, input.to), stageSince: act.now };
  const card = await settleRecord(act.tx, row, act.now, { ...placed, ...entered }, judged);
  act.record({
    trail: scope.id,
    kind: 'record.moved',
    record: { id: row.id, reference: row.reference },
    body: {
      before: { stage: row.stage, owner: row.actionOwnerId, stageSince: row.stageSince },
      after: { stage: card.stage, owner: card.nextAction.owner },
      ...(input.reason ? { reason: input.reason } : {}),
      verdict,
      ruleSet: judged.facts.ruleSet,
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  return { card };
});

/** Entering a stage makes its duty's holder the owner of the next action; what was asked for in the last stage is done. */
function enter(row: RecordRow, to: StageKey): Pick<RecordRow, 'actionOwnerId' | 'nextAction' | 'dueOn'> {
  const { owner } = stageOf(to);
  const holder = owner in dutyColumn ? row[dutyColumn[owner as keyof typeof dutyColumn]] : null;
  return { actionOwnerId: holder, nextAction: null, dueOn: null };
}

/** M01. */
const reasonMissing: Finding = {
  rule: 'M01',
  key: 'move.reason',
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
};
