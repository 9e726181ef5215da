import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, Move } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { verdictOnMove } from '#shared/domain/judge.ts';
import { ownerOnEntering } from '#shared/domain/assignment.ts';
import { isForward } from '#shared/domain/operating-model.ts';
import { notCommitted } from '#shared/domain/document-policy.ts';
import { moveDenial } from '#shared/domain/ownership.ts';
import { accessToRecord } from '#server/db/access.ts';
import { cardOf, dutiesOf, type RecordRow } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type CommandContext, type Command, type Services } from '../command.ts';
import { assertAllowed, NotFound, Refused, Stale } from '../errors.ts';
import { requireEligibleOwner } from './assign-next-action.ts';
import { rankAt } from './rank.ts';
import { loadRecordForUpdate, type LoadedRecord } from './load.ts';
import { judgeRecord, saveAndJudge } from '../judging/save-record.ts';
import { notifyNextActionAssigned } from './notify-next-action.ts';

type Input = z.infer<typeof Move> & { record: string };

/** The placement of a record before a move, for undoing the move. */
export interface PriorPlacement {
  rank: string;
  stageSince: string;
  owner: string | null;
  nextAction: string | null;
  dueOn: string | null;
}

/** Milliseconds that a move waits until the document changes it was decided on are committed. */
const documentSyncTimeoutMs = 5_000;

/**
 * Moves a card with `placeRecord`, after waiting until the document state that the mover saw is committed. Throws
 * Refused if it is not committed in time.
 */
export const moveRecord: Command<Input, { card: Card }> = async (services, call, input) => {
  // Outside the transaction: a lock on the record would block the save that this waits for.
  const seen = input.seen === undefined ? null : new Uint8Array(Buffer.from(input.seen, 'base64'));
  if (seen) {
    // A person who may not see the record learns nothing about its document either.
    if (!(await accessToRecord(services.db, call.actor!.id, input.record))) throw new NotFound('record');
    if (!(await isCommitted(services, input.record, seen))) throw new Refused([notCommitted]);
  }
  return moveSeen(services, call, input);
};

async function isCommitted(services: Services, record: string, seen: Uint8Array): Promise<boolean> {
  try {
    return await services.documentHolds(record, seen, documentSyncTimeoutMs);
  } catch (error) {
    if (error instanceof NotFound) throw error;
    return false;
  }
}

const moveSeen = command('move-record', async (ctx, input: Input): Promise<{ card: Card }> =>
  placeRecord(ctx, await loadRecordForUpdate(ctx, input.record), input),
);

/**
 * Moves a card to a stage, or to another position in its own. A forward move must pass the gates of every stage on the
 * way. The record is already locked. `prior`: the card returns to exactly its earlier placement, and the event names
 * the undone operation. Throws Stale if the card already left the stage the mover saw it in, Forbidden, and Refused
 * with the findings of the gates.
 */
export async function placeRecord(
  ctx: CommandContext,
  { row, scope, actor }: LoadedRecord,
  input: Omit<Input, 'record'>,
  prior?: PriorPlacement & { takesBack: string },
): Promise<{ card: Card }> {
  if (row.stage !== input.from) throw new Stale('stage', row.stage);
  assertAllowed(moveDenial(actor, cardOf(row), input.to));
  const back = input.to !== row.stage && !isForward(row.stage, input.to);
  if (back && !input.reason && !prior) throw new Refused([reasonMissing]);
  const enters = input.to !== row.stage;
  if (prior && enters) {
    const prospective = { ...cardOf(row), stage: input.to, nextAction: { due: prior.dueOn } };
    await requireEligibleOwner(ctx, scope, prospective, prior.owner, true);
  }

  const place = prior ? { rank: prior.rank } : { after: input.after === row.id ? undefined : input.after };
  const [judged, rank] = await Promise.all([
    judgeRecord(ctx.tx, row, ctx.now),
    rankAt(ctx, { scope: scope.id, stage: input.to }, row.id, place),
  ]);
  const verdict = verdictOnMove(judged.verdicts, row.stage, input.to);
  if (!verdict.open) throw new Refused(verdict.findings);

  const placed = { stage: input.to, rank };
  const entered = enters ? (prior ? restore(prior) : { ...enter(row, input.to), stageSince: ctx.now }) : {};
  const card = await saveAndJudge(ctx.tx, row, ctx.now, { ...placed, ...entered }, judged);
  ctx.record({
    trail: scope.id,
    kind: 'record.moved',
    record: { id: row.id, reference: row.reference },
    body: {
      before: { ...standing(cardOf(row)), stageSince: row.stageSince.toISOString() },
      after: standing(card),
      ...(input.reason ? { reason: input.reason } : {}),
      ...(prior ? { takesBack: prior.takesBack } : {}),
      verdict,
      ruleSet: judged.facts.ruleSet,
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  // An undone move returns an action to its previous owner, who was notified then.
  if (!prior) notifyNextActionAssigned(ctx, scope.id, row.actionOwnerId, card);
  return { card };
}

const standing = ({ stage, rank, nextAction: { owner, what, due } }: Card) => ({
  stage,
  rank,
  owner,
  nextAction: what,
  dueOn: due,
});

const restore = ({ stageSince, owner, nextAction, dueOn }: PriorPlacement) => ({
  stageSince: new Date(stageSince),
  actionOwnerId: owner,
  nextAction,
  dueOn,
});

/** Entering a stage makes the holder of its duty the owner of the next action; the action of the last stage is done. */
function enter(row: RecordRow, to: StageKey): Pick<RecordRow, 'actionOwnerId' | 'nextAction' | 'dueOn'> {
  return { actionOwnerId: ownerOnEntering(to, dutiesOf(row)), nextAction: null, dueOn: null };
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
