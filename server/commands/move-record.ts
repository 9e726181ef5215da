import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, Move } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { verdictOnMove } from '#shared/domain/judge.ts';
import { ownerOnEntering } from '#shared/domain/handing.ts';
import { isForward } from '#shared/domain/operating-model.ts';
import { notCommitted } from '#shared/domain/document-policy.ts';
import { mayMove } from '#shared/domain/ownership.ts';
import { accessToRecord } from '#server/db/access.ts';
import { cardOf, dutiesOf, type RecordRow } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type Act, type Command, type Services } from './command.ts';
import { allow, NotFound, Refused, Stale } from './errors.ts';
import { mayOwnNextAction } from './hand-over.ts';
import { rankAt } from './make-room.ts';
import { openRecord, type OpenRecord } from './open-record.ts';
import { judgeRecord, settleRecord } from './settle-record.ts';
import { tellOfAction } from './tell-of-action.ts';

type Input = z.infer<typeof Move> & { record: string };

/** What a record had before a move, for the one that takes it back. */
export interface Left {
  rank: string;
  stageSince: string;
  owner: string | null;
  nextAction: string | null;
  dueOn: string | null;
}

/** So long a move waits for the changes of the document it was decided on, in milliseconds. */
const patience = 5_000;

/** Moves a card, as `placeRecord`; first it waits until what the mover saw of the record's document is committed. Throws Refused else. */
export const moveRecord: Command<Input, { card: Card }> = async (services, call, input) => {
  // Not in the transaction: what is waited for needs the record.
  const seen = input.seen === undefined ? null : new Uint8Array(Buffer.from(input.seen, 'base64'));
  if (seen) {
    // Whoever may not see the record is not told anything of its document either.
    if (!(await accessToRecord(services.db, call.actor!.id, input.record))) throw new NotFound('record');
    if (!(await holdsAll(services, input.record, seen))) throw new Refused([notCommitted]);
  }
  return moveSeen(services, call, input);
};

async function holdsAll(services: Services, record: string, seen: Uint8Array): Promise<boolean> {
  try {
    return await services.documentHolds(record, seen, patience);
  } catch (error) {
    if (error instanceof NotFound) throw error;
    return false;
  }
}

const moveSeen = command('move-record', async (act, input: Input): Promise<{ card: Card }> =>
  placeRecord(act, await openRecord(act, input.record), input),
);

/**
 * Moves a card to a stage, or to another place in its own. Forward it takes the gates of every stage passed on the way.
 * On a record that is held already. `left`: it goes back to exactly how it stood, and the event says what that takes back.
 * Throws Stale when the card already left the stage the mover saw it in, Forbidden, Refused with the gates' findings.
 */
export async function placeRecord(
  act: Act,
  { row, scope, actor }: OpenRecord,
  input: Omit<Input, 'record'>,
  left?: Left & { takesBack: string },
): Promise<{ card: Card }> {
  if (row.stage !== input.from) throw new Stale('stage', row.stage);
  allow(mayMove(actor, cardOf(row), input.to));
  const back = input.to !== row.stage && !isForward(row.stage, input.to);
  if (back && !input.reason && !left) throw new Refused([reasonMissing]);
  const enters = input.to !== row.stage;
  if (left && enters) {
    const asked = { ...cardOf(row), stage: input.to, nextAction: { due: left.dueOn } };
    await mayOwnNextAction(act, scope, asked, left.owner, true);
  }

  const place = left ? { rank: left.rank } : { after: input.after === row.id ? undefined : input.after };
  const [judged, rank] = await Promise.all([
    judgeRecord(act.tx, row, act.now),
    rankAt(act, { scope: scope.id, stage: input.to }, row.id, place),
  ]);
  const verdict = verdictOnMove(judged.verdicts, row.stage, input.to);
  if (!verdict.open) throw new Refused(verdict.findings);

  const placed = { stage: input.to, rank };
  const entered = enters ? (left ? restore(left) : { ...enter(row, input.to), stageSince: act.now }) : {};
  const card = await settleRecord(act.tx, row, act.now, { ...placed, ...entered }, judged);
  act.record({
    trail: scope.id,
    kind: 'record.moved',
    record: { id: row.id, reference: row.reference },
    body: {
      before: { ...standing(cardOf(row)), stageSince: row.stageSince.toISOString() },
      after: standing(card),
      ...(input.reason ? { reason: input.reason } : {}),
      ...(left ? { takesBack: left.takesBack } : {}),
      verdict,
      ruleSet: judged.facts.ruleSet,
    },
    card,
    counts: countChange(cardOf(row), card),
  });
  // What is taken back was theirs before; they were told of it then.
  if (!left) tellOfAction(act, scope.id, row.actionOwnerId, card);
  return { card };
}

const standing = ({ stage, rank, nextAction: { owner, what, due } }: Card) => ({
  stage,
  rank,
  owner,
  nextAction: what,
  dueOn: due,
});

const restore = ({ stageSince, owner, nextAction, dueOn }: Left) => ({
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
