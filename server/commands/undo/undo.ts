import type { SetResult } from '#shared/contract/bulk.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { accessToRecord } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { eventLeft, eventsOnRecordAfter, operationOf } from '#server/db/operations.ts';
import { undoOf, type Undoable } from './undo-event.ts';
import { command, type Call, type Services } from '../command.ts';
import { derivedOperation } from '../derived-operation.ts';
import { forEachRecord } from '../records/for-each.ts';
import { NotFound, Refused } from '../errors.ts';
import { loadRecordForUpdate } from '../records/load.ts';

/** The effect of one operation on one record. */
interface UndoStep {
  record: string;
  operation: string;
}

/** The commands whose effect on a record is stored precisely enough to undo it. */
const undoableCommands = new Set([
  'move-record',
  'hand-over',
  'assign-duty',
  'move-records',
  'hand-over-records',
  'raise-exception',
  'take-back',
]);

/**
 * Undoes one of the caller's own operations with the verbs that did it; each record is rejudged and gets an event of
 * its own. A set is undone record by record. Throws NotFound for an operation of somebody else, Refused for a command
 * that cannot be undone, and for a single record the errors of `backOne`.
 */
export async function undoOperation(
  services: Services,
  call: Call,
  { operation }: { operation: string },
): Promise<{ results: SetResult[] }> {
  const done = call.actor && (await operationOf(services.db, call.actor.id, operation));
  if (!done) throw new NotFound('operation');
  if (!undoableCommands.has(done.command)) throw new Refused([notUndone]);
  const { card, results = [] } = done.answer as { card?: Card; results?: SetResult[] };
  const first = card ?? results.find((one) => one.card !== null)?.card;
  if (first && !(await accessToRecord(services.db, call.actor!.id, first.id))) throw new NotFound('operation');
  if (!card) {
    const changed = results.filter((one) => one.card !== null);
    return backEach(
      services,
      call,
      changed.map(({ record, reference }) => ({ record, reference, operation: derivedOperation(operation, record) })),
    );
  }
  const after = await backOne(services, call, { record: card.id, operation });
  return { results: [{ record: card.id, reference: card.reference, card: after.card, refusal: null }] };
}

/** Throws Refused if a later change conflicts [M29], it was already undone [M30], or it cannot be undone [M31]. */
const backOne = command('take-back', async (ctx, { record, operation }: UndoStep): Promise<{ card: Card }> => {
  const open = await loadRecordForUpdate(ctx, record);
  const left = await eventLeft(ctx.tx, record, operation);
  const back = left && undoOf(left);
  if (!left || !back) throw new Refused([notUndone]);
  const since = await eventsOnRecordAfter(ctx.tx, record, left.seq);
  if (since.some(({ event }) => 'takesBack' in event.body && event.body.takesBack === operation))
    throw new Refused([undoneBefore]);
  const changed =
    back.touches(asPlaced(cardOf(open.row), left.card!, since)) !== back.touches(left.card!) ||
    since.some(({ event }) => back.isChangedBy?.(event.body));
  if (changed) throw new Refused([changedSince(back, left, since)]);
  return back.run(ctx, open, operation);
});

const backEach = forEachRecord(
  'take-back',
  (services, call, { record, operation }: UndoStep & { reference: string | null }) =>
    backOne(services, call, { record, operation }),
);

/** The card with the rank that it had then, if only renumbering has changed the rank since. */
function asPlaced(card: Card, left: Card, since: Awaited<ReturnType<typeof eventsOnRecordAfter>>): Card {
  const moved = since.some(({ event }) => event.kind === 'record.moved');
  const renumbered = since.some(({ event }) => event.kind === 'record.renumbered');
  return renumbered && !moved ? { ...card, rank: left.rank } : card;
}

/** M29. Names the first event that changed what undoing would write. */
function changedSince(
  { touches, isChangedBy }: Undoable,
  { card }: { card: Card | null },
  since: Awaited<ReturnType<typeof eventsOnRecordAfter>>,
): Finding {
  const first = since.find(
    ({ event }) => isChangedBy?.(event.body) || (event.card && touches(event.card) !== touches(card!)),
  );
  return refusal('M29', 'takeBack.changed', {
    who: first?.actor ?? '',
    what: first?.event.kind ?? '',
    reference: card!.reference,
  });
}

/** M30. */
const undoneBefore = refusal('M30', 'takeBack.twice', {});

/** M31. */
const notUndone = refusal('M31', 'takeBack.kind', {});

function refusal(rule: string, key: string, params: Finding['params']): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend: [] };
}
