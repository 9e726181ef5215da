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

/** What a record had before a move, for the one that takes it back. */
export interface PriorPlacement {
  rank: string;
  stageSince: string;
  owner: string | null;
  nextAction: string | null;
  dueOn: string | null;
}

/** So long a move waits for the changes of the document it was decided on, in milliseconds. */
const documentSyncTimeoutMs = 5_000;

/** Moves a card, as `placeRecord`; first it waits until what the mover saw of the record's document is committed. Throws Refused else. */
export const moveRecord: Command<Input, { card: Card }> = async (services, call, input) => {
  // Not in the transaction: what is waited for needs the record.
  const seen = input.seen === undefined ? null : new Uint8Array(Buffer.from(input.seen, 'base64'));
  if (seen) {
    // Whoever may not see the record is not told anything of its document either.
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
 * Moves a card to a stage, or to another place in its own. Forward it takes the gates of every stage passed on the way.
 * On a record that is held already. `left`: it goes back to exactly how it stood, and the event says what that takes back.
 * Throws Stale when the card already left the stage the mover saw it in, Forbidden, Refused with the gates' findings.
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
  // What is taken back was theirs before; they were told of it then.
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

/** Entering a stage makes its duty's holder the owner of the next action; what was asked for in the last stage is done. */
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
