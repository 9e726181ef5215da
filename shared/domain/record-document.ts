import * as Y from 'yjs';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Facts } from './facts.ts';
import { defaultModel, type OperatingModel } from './operating-model.ts';

/**
 * The part of a document that gates and cards read; committed in the same transaction as the update that changes it.
 */
export interface DocumentProjection {
  checklist: Facts['checklist'];
  comments: number;
  unresolvedThreads: number;
}

/**
 * The document of a record, a Y.Doc with two roots:
 * - `checklist`: Y.Map of item id -> Y.Map {stage, required, duty, order, tick: {by, at} | null, note}; older documents
 *   also contain an English `title`
 * - `threads`: Y.Map of thread id -> Y.Map {about, openedBy, openedAt, resolved: {by, at} | null, comments: Y.Array of
 *   Y.Map {id, by, at, body: Y.Text, editedAt?, removedAt?}} with `about` = 'record', 'entry:<catalogue key>' or
 *   'exception:<id>'.
 *
 * A new document contains the model's checklist without ticks, and no threads.
 */
export function newDocument(model: OperatingModel = defaultModel): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const checklist = doc.getMap<Y.Map<unknown>>('checklist');
  doc.transact(() => {
    for (const [order, { id, ...item }] of model.checklist.entries()) {
      checklist.set(id, new Y.Map<unknown>(Object.entries({ ...item, order, tick: null, note: '' })));
    }
  });
  return Y.encodeStateAsUpdate(doc);
}

/** Throws if the document does not have the shape above. */
export function projectDocument(doc: Y.Doc): DocumentProjection {
  return { checklist: projectChecklist(doc), ...projectThreads(doc) };
}

export function projectChecklist(doc: Y.Doc): DocumentProjection['checklist'] {
  const items = doc.getMap<Y.Map<unknown>>('checklist');
  const checklist: Record<string, Tally> = {};
  for (const id of [...items.keys()].sort()) {
    const item = items.get(id)!;
    const tally = (checklist[item.get('stage') as StageKey] ??= newTally());
    const required = item.get('required') ? 1 : 0;
    const done = item.get('tick') ? 1 : 0;
    tally.required += required;
    tally.requiredDone += required * done;
    tally.total += 1;
    tally.done += done;
    if (done) tally.ticked.push(id);
  }
  return checklist;
}

interface Tally {
  required: number;
  requiredDone: number;
  total: number;
  done: number;
  ticked: string[];
}

const newTally = (): Tally => ({ required: 0, requiredDone: 0, total: 0, done: 0, ticked: [] });

export function projectThreads(doc: Y.Doc): Omit<DocumentProjection, 'checklist'> {
  let comments = 0;
  let unresolvedThreads = 0;
  for (const thread of doc.getMap<Y.Map<unknown>>('threads').values()) {
    let standing = 0;
    (thread.get('comments') as Y.Array<Y.Map<unknown>>).forEach((comment) => {
      if (!comment.get('removedAt')) standing += 1;
    });
    comments += standing;
    if (standing > 0 && !thread.get('resolved')) unresolvedThreads += 1;
  }
  return { comments, unresolvedThreads };
}

/** Ids of the items that were ticked and unticked between two projections. */
export function ticksChanged(
  before: DocumentProjection,
  after: DocumentProjection,
): { ticked: string[]; unticked: string[] } {
  const idsOf = ({ checklist }: DocumentProjection) => Object.values(checklist).flatMap(({ ticked }) => ticked);
  const [then, now] = [idsOf(before), idsOf(after)];
  return { ticked: now.filter((id) => !then.includes(id)), unticked: then.filter((id) => !now.includes(id)) };
}
