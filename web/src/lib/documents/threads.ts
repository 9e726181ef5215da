import * as Y from 'yjs';
import { checklistTitle } from '#shared/text/names.ts';
import { difference } from './text-difference.ts';

/** A comment as it is displayed. */
export interface Comment {
  id: string;
  by: string;
  at: string;
  text: string;
  /** When it was last edited; null: never. */
  editedAt: string | null;
  removed: boolean;
}

export interface Thread {
  id: string;
  /** 'record', 'entry:<catalogue key>' or 'exception:<id>'. */
  about: string;
  openedAt: string;
  resolved: { by: string; at: string } | null;
  comments: readonly Comment[];
}

export interface ChecklistItem {
  id: string;
  stage: string;
  title: string;
  required: boolean;
  duty: string;
  order: number;
  tick: { by: string; at: string } | null;
}

type YComment = Y.Map<unknown>;
type YThread = Y.Map<unknown>;

const rootOf = (doc: Y.Doc) => doc.getMap<YThread>('threads');
const commentsOf = (thread: YThread) => thread.get('comments') as Y.Array<YComment>;

/** Reads the threads: unresolved before resolved, oldest first within each. */
export function readThreads(doc: Y.Doc): Thread[] {
  const threads = [...rootOf(doc)].map(([id, thread]): Thread => ({
    id,
    about: thread.get('about') as string,
    openedAt: thread.get('openedAt') as string,
    resolved: thread.get('resolved') as Thread['resolved'],
    comments: commentsOf(thread)
      .map((comment) => ({
        id: comment.get('id') as string,
        by: comment.get('by') as string,
        at: comment.get('at') as string,
        text: (comment.get('body') as Y.Text).toString(),
        editedAt: (comment.get('editedAt') as string | undefined) ?? null,
        removed: comment.has('removedAt'),
      }))
      .filter(isFirst),
  }));
  return threads.sort(
    (a, b) => Number(a.resolved !== null) - Number(b.resolved !== null) || (a.openedAt < b.openedAt ? -1 : 1),
  );
}

/** Two tabs may apply the same intent; until the server refuses one of the duplicates, only the first is shown. */
const isFirst = ({ id }: Comment, at: number, all: readonly Comment[]): boolean =>
  all.findIndex((other) => other.id === id) === at;

/** Whether a thread waits for an answer. A thread whose comments were all removed does not. */
export const isUnresolved = ({ resolved, comments }: Thread): boolean =>
  resolved === null && comments.some(({ removed }) => !removed);

export function readChecklist(doc: Y.Doc): ChecklistItem[] {
  return [...doc.getMap<Y.Map<unknown>>('checklist')]
    .map(([id, item]) => ({ ...(item.toJSON() as ChecklistItem), id, title: checklistTitle(id, item.get('title')) }))
    .sort((a, b) => a.order - b.order);
}

interface NewComment {
  id: string;
  by: string;
  at: string;
  text: string;
}

function commentOf({ id, by, at, text }: NewComment): YComment {
  return new Y.Map<unknown>(Object.entries({ id, by, at, body: new Y.Text(text) }));
}

/* Each of the following functions returns whether it changed anything. */

export function startThread(doc: Y.Doc, id: string, about: string, comment: NewComment): boolean {
  if (rootOf(doc).has(id)) return false;
  const { by: openedBy, at: openedAt } = comment;
  const thread = { about, openedBy, openedAt, resolved: null, comments: Y.Array.from([commentOf(comment)]) };
  rootOf(doc).set(id, new Y.Map<unknown>(Object.entries(thread)));
  return true;
}

export function reply(doc: Y.Doc, threadId: string, comment: NewComment): boolean {
  const thread = rootOf(doc).get(threadId);
  if (!thread || find(doc, threadId, comment.id)) return false;
  commentsOf(thread).push([commentOf(comment)]);
  return true;
}

/** Whether the thread exists and, where given, the comment in it. */
export function hasComment(doc: Y.Doc, threadId: string, commentId?: string): boolean {
  return commentId === undefined ? rootOf(doc).has(threadId) : find(doc, threadId, commentId) !== undefined;
}

function find(doc: Y.Doc, threadId: string, commentId: string): YComment | undefined {
  const thread = rootOf(doc).get(threadId);
  return (
    thread &&
    commentsOf(thread)
      .toArray()
      .find((comment) => comment.get('id') === commentId)
  );
}

/** Writes only the difference, so that concurrent edits of one comment both survive. */
export function editComment(doc: Y.Doc, threadId: string, commentId: string, at: string, text: string): boolean {
  const comment = find(doc, threadId, commentId);
  if (!comment) return false;
  const body = comment.get('body') as Y.Text;
  const { start, deleted, inserted } = difference(body.toString(), text);
  if (deleted === 0 && inserted === '') return false;
  doc.transact(() => {
    if (deleted > 0) body.delete(start, deleted);
    if (inserted !== '') body.insert(start, inserted);
    comment.set('editedAt', at);
  });
  return true;
}

/** Removes a comment. The text stays in the history of the document, but is no longer shown. */
export function removeComment(doc: Y.Doc, threadId: string, commentId: string, at: string): boolean {
  const comment = find(doc, threadId, commentId);
  if (!comment || comment.has('removedAt')) return false;
  comment.set('removedAt', at);
  return true;
}

export function resolve(doc: Y.Doc, threadId: string, resolved: { by: string; at: string } | null): boolean {
  return mark(rootOf(doc).get(threadId), 'resolved', resolved);
}

export function tick(doc: Y.Doc, itemId: string, by: { by: string; at: string } | null): boolean {
  return mark(doc.getMap<Y.Map<unknown>>('checklist').get(itemId), 'tick', by);
}

/** Sets a mark. A mark that somebody else set first keeps their name. */
function mark(on: Y.Map<unknown> | undefined, key: string, value: { by: string; at: string } | null): boolean {
  if (!on || (on.get(key) === null) === (value === null)) return false;
  on.set(key, value);
  return true;
}
