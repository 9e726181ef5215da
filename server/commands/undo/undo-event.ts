import type { EventBody } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { factOf, type EventRow } from '#server/db/trail.ts';
import type { CommandContext } from '../command.ts';
import { setRecordDuty } from '../records/assign-duty.ts';
import { closeOn } from '../exceptions/close.ts';
import { setNextAction } from '../records/assign-next-action.ts';
import { placeRecord } from '../records/move.ts';
import { exceptionOn } from '../exceptions/load.ts';
import type { LoadedRecord } from '../records/load.ts';
import { reopenOn } from '../exceptions/reopen.ts';

/** How to undo one event. */
export interface Undoable {
  /** Every value of a card that undoing writes, as a text: equal texts mean unchanged. */
  touches(card: Card): string;
  /** Whether a later event on the record changed what undoing writes, if the card does not show that. */
  isChangedBy?(event: EventBody): boolean;
  /** Undoes the event with the verb that caused it. `operation`: the operation to undo. */
  run(ctx: CommandContext, open: LoadedRecord, operation: string): Promise<{ card: Card }>;
}

const text = (...parts: unknown[]) => JSON.stringify(parts);

/** Null for a kind that cannot be undone, and for an event that lacks the values this needs because it is too old. */
export function undoOf(event: EventRow): Undoable | null {
  if (!event.card) return null;
  const { kind, body } = factOf(event);
  if (kind === 'record.moved') return undoMove(body);
  if (kind === 'record.handedOver') return undoAssignment(body);
  if (kind === 'record.assigned') return undoDuty(body);
  if (kind === 'exception.raised') return undoRaise(body);
  if (kind === 'exception.closed') return undoUndoneRaise(body);
  if (kind === 'exception.reopened') return undoRedoneRaise(body);
  return null;
}

function undoMove({ before, after }: EventBody<'record.moved'>): Undoable | null {
  const { rank, stageSince, owner, nextAction, dueOn } = before;
  if (rank === undefined || stageSince === undefined || nextAction === undefined || dueOn === undefined) return null;
  const left = { rank, stageSince, owner, nextAction, dueOn };
  const input = { from: after.stage, to: before.stage };
  return {
    touches: ({ stage, rank, nextAction: { owner, what, due } }) =>
      before.stage === after.stage ? text(stage, rank) : text(stage, rank, owner, what, due),
    run: (ctx, open, takesBack) => placeRecord(ctx, open, input, { ...left, takesBack }),
  };
}

function undoAssignment({ before, after }: EventBody<'record.handedOver'>): Undoable {
  const input = { from: after.owner, to: before.owner, what: before.what, due: before.due };
  return {
    touches: ({ nextAction: { owner, what, due } }) => text(owner, what, due),
    run: (ctx, open, takesBack) => setNextAction(ctx, open, input, takesBack),
  };
}

function undoDuty({ duty, before, after, follows = false }: EventBody<'record.assigned'>): Undoable {
  const input = { duty, from: after, to: before };
  return {
    touches: ({ stage, duties, nextAction }) =>
      follows ? text(duties[duty], stage, nextAction.owner) : text(duties[duty]),
    run: (ctx, open, takesBack) => setRecordDuty(ctx, open, input, { takesBack, follows }),
  };
}

/** Other exceptions of the record may change meanwhile; only changes to this one count. */
const concerns = (exception: string) => ({
  touches: () => '',
  isChangedBy: (body: EventBody) => 'exception' in body && body.exception === exception,
});

/** Closes the exception without a resolution, which marks it as raised by mistake. */
function undoRaise({ exception }: Pick<EventBody<'exception.raised'>, 'exception'>): Undoable {
  return {
    ...concerns(exception),
    run: async (ctx, open, takesBack) => ({
      card: await closeOn(ctx, await exceptionOn(ctx, open, exception), { resolution: null, takesBack }),
    }),
  };
}

/** Null for an exception that was closed with a resolution: it is reopened with a reason instead. */
function undoUndoneRaise({ exception, takesBack: undone }: EventBody<'exception.closed'>): Undoable | null {
  if (undone === undefined) return null;
  return {
    ...concerns(exception),
    run: async (ctx, open, takesBack) => ({
      card: await reopenOn(ctx, await exceptionOn(ctx, open, exception), { takesBack }),
    }),
  };
}

const undoRedoneRaise = ({ exception, takesBack }: EventBody<'exception.reopened'>): Undoable | null =>
  takesBack === undefined ? null : undoRaise({ exception });
