import { isDeepStrictEqual } from 'node:util';
import type { Card } from '#shared/contract/record.ts';
import { ticksChanged, type DocumentProjection } from '#shared/domain/record-document.ts';
import { appendUpdates } from '#server/db/documents.ts';
import { cardOf } from '#server/db/records.ts';
import { command } from './command.ts';
import { allowOn, openRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

interface Input {
  record: string;
  /** Yjs updates of one person, in order, already applied to the document that `projection` was read from. */
  updates: readonly Uint8Array[];
  projection: DocumentProjection;
}

/**
 * Stores what a person changed in a record's document, and with it what gates and cards read of the document. An event
 * is left where that changed; mere typing leaves none. Throws NotFound, Forbidden.
 */
export const saveDocument = command('save-document', async (act, input: Input): Promise<{ card: Card | null }> => {
  const open = await openRecord(act, input.record);
  const { row, scope, actor } = open;
  allowOn(open, 'discuss');
  await appendUpdates(act.tx, row.id, actor.id, input.updates, act.now);
  const before: DocumentProjection = {
    checklist: row.checklist,
    comments: row.comments,
    unresolvedThreads: row.unresolvedThreads,
  };
  if (isDeepStrictEqual(before, input.projection)) return { card: null };
  const card = await settleRecord(act.tx, row, act.now, input.projection);
  act.record({
    trail: scope.id,
    kind: 'document.changed',
    record: { id: row.id, reference: row.reference },
    body: { before: summary(cardOf(row)), after: summary(card), ...ticksChanged(before, input.projection) },
    card,
  });
  return { card };
});

const summary = ({ checklist, comments }: Card) => ({ ...checklist, ...comments });
