import type { RecordDuty } from '#shared/contract/duty.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { EventRow } from '#server/db/trail.ts';
import type { Act } from './command.ts';
import { giveDuty } from './assign-duty.ts';
import { closeOn } from './close-exception.ts';
import { giveNextAction } from './hand-over.ts';
import { placeRecord, type Left } from './move-record.ts';
import { exceptionOn } from './open-exception.ts';
import type { OpenRecord } from './open-record.ts';
import { reopenOn } from './reopen-exception.ts';

/** How one event is taken back. */
export interface Undoable {
  /** Everything of a card that taking it back writes, as a text: equal means unchanged. */
  touches(card: Card): string;
  /** Whether a later event on the record changed what undoing it writes, where the card does not show that. */
  isChangedBy?(event: EventRow): boolean;
  /** Does it, by the verb that did it. `operation`: what is taken back. */
  run(act: Act, open: OpenRecord, operation: string): Promise<{ card: Card }>;
}

interface Moved {
  before: Left & { stage: StageKey; rank?: string };
  after: { stage: StageKey };
}

interface HandedOver {
  before: { what: string | null; owner: string | null; due: string | null };
  after: { owner: string | null };
}

interface Assigned {
  duty: RecordDuty;
  before: string | null;
  after: string | null;
  /** The next action went with it. */
  follows?: boolean;
}

/** An exception event, with the operation it undid where it is the undo or redo of a raise. */
interface Raised {
  exception: string;
  takesBack?: string;
}

const text = (...parts: unknown[]) => JSON.stringify(parts);

/** Null for a kind that has no way back, and for an event from before what it takes was kept. */
export function undo({ kind, body, card }: EventRow): Undoable | null {
  if (!card) return null;
  if (kind === 'record.moved') return undoMove(body as unknown as Moved);
  if (kind === 'record.handedOver') return undoHandOver(body as unknown as HandedOver);
  if (kind === 'record.assigned') return undoDuty(body as unknown as Assigned);
  if (kind === 'exception.raised') return undoRaise(body as unknown as Raised);
  if (kind === 'exception.closed') return undoUndoneRaise(body as unknown as Raised);
  if (kind === 'exception.reopened') return undoRedoneRaise(body as unknown as Raised);
  return null;
}

function undoMove({ before, after }: Moved): Undoable | null {
  if (before.rank === undefined) return null;
  const input = { from: after.stage, to: before.stage, reason: 'Taken back' };
  return {
    touches: ({ stage, rank, nextAction: { owner, what, due } }) =>
      before.stage === after.stage ? text(stage, rank) : text(stage, rank, owner, what, due),
    run: (act, open, takesBack) => placeRecord(act, open, input, { ...before, takesBack }),
  };
}

function undoHandOver({ before, after }: HandedOver): Undoable {
  const input = { from: after.owner, to: before.owner, what: before.what, due: before.due };
  return {
    touches: ({ nextAction: { owner, what, due } }) => text(owner, what, due),
    run: (act, open, takesBack) => giveNextAction(act, open, input, takesBack),
  };
}

function undoDuty({ duty, before, after, follows = false }: Assigned): Undoable {
  const input = { duty, from: after, to: before };
  return {
    touches: ({ stage, duties, nextAction }) =>
      follows ? text(duties[duty], stage, nextAction.owner) : text(duties[duty]),
    run: (act, open, takesBack) => giveDuty(act, open, input, { takesBack, follows }),
  };
}

/** Other exceptions of the record may come and go meanwhile; only what happened to this one counts. */
const concerns = (exception: string) => ({
  touches: () => '',
  isChangedBy: ({ kind, body }: EventRow) => kind.startsWith('exception.') && body['exception'] === exception,
});

/** Closes the exception without a resolution, which marks it as never meant. */
function undoRaise({ exception }: Raised): Undoable {
  return {
    ...concerns(exception),
    run: async (act, open, takesBack) => ({
      card: await closeOn(act, await exceptionOn(act, open, exception), { resolution: null, takesBack }),
    }),
  };
}

/** An exception somebody closed with a resolution is reopened with a reason instead. */
function undoUndoneRaise({ exception, takesBack: undone }: Raised): Undoable | null {
  if (undone === undefined) return null;
  return {
    ...concerns(exception),
    run: async (act, open, takesBack) => ({
      card: await reopenOn(act, await exceptionOn(act, open, exception), { takesBack }),
    }),
  };
}

const undoRedoneRaise = ({ exception, takesBack }: Raised): Undoable | null =>
  takesBack === undefined ? null : undoRaise({ exception });
