import * as Y from 'yjs';

/** A comment as people read it. */
export interface Comment {
  id: string;
  by: string;
  at: string;
  text: string;
  edited: boolean;
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

/** A comment of a copy that was given up; the server never stored it. */
export interface Unstored {
  thread: string;
  about: string;
  text: string;
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

/** Threads, the unresolved ones first, each half by age. */
export function readThreads(doc: Y.Doc): Thread[] {
  const threads = [...rootOf(doc)].map(([id, thread]): Thread => ({
    id,
    about: thread.get('about') as string,
    openedAt: thread.get('openedAt') as string,
    resolved: thread.get('resolved') as Thread['resolved'],
    comments: commentsOf(thread).map((comment) => ({
      id: comment.get('id') as string,
      by: comment.get('by') as string,
      at: comment.get('at') as string,
      text: (comment.get('body') as Y.Text).toString(),
      edited: comment.has('editedAt'),
      removed: comment.has('removedAt'),
    })),
  }));
  return threads.sort(
    (a, b) => Number(a.resolved !== null) - Number(b.resolved !== null) || (a.openedAt < b.openedAt ? -1 : 1),
  );
}

/** Something in it still waits for an answer: a thread whose comments were all removed does not. */
export const isUnresolved = ({ resolved, comments }: Thread): boolean =>
  resolved === null && comments.some(({ removed }) => !removed);

/** The person's comments, as they read before, that are not there any more. */
export function missing(before: readonly Thread[], now: readonly Thread[], person: string): Unstored[] {
  const stored = new Map(now.flatMap(({ comments }) => comments.map(({ id, text }) => [id, text])));
  return before.flatMap(({ id: thread, about, comments }) =>
    comments
      .filter(({ id, by, text, removed }) => by === person && !removed && stored.get(id) !== text)
      .map(({ text }) => ({ thread, about, text })),
  );
}

export function readChecklist(doc: Y.Doc): ChecklistItem[] {
  return [...doc.getMap<Y.Map<unknown>>('checklist')]
    .map(([id, item]) => ({ id, ...item.toJSON() }) as ChecklistItem)
    .sort((a, b) => a.order - b.order);
}

function newComment(by: string, at: string, text: string): YComment {
  return new Y.Map<unknown>(Object.entries({ id: crypto.randomUUID(), by, at, body: new Y.Text(text) }));
}

export function startThread(doc: Y.Doc, about: string, by: string, at: string, text: string): void {
  const thread = {
    about,
    openedBy: by,
    openedAt: at,
    resolved: null,
    comments: Y.Array.from([newComment(by, at, text)]),
  };
  rootOf(doc).set(crypto.randomUUID(), new Y.Map<unknown>(Object.entries(thread)));
}

export function reply(doc: Y.Doc, threadId: string, by: string, at: string, text: string): void {
  commentsOf(rootOf(doc).get(threadId)!).push([newComment(by, at, text)]);
}

function find(doc: Y.Doc, threadId: string, commentId: string): YComment | undefined {
  return commentsOf(rootOf(doc).get(threadId)!)
    .toArray()
    .find((comment) => comment.get('id') === commentId);
}

export function editComment(doc: Y.Doc, threadId: string, commentId: string, at: string, text: string): void {
  const comment = find(doc, threadId, commentId);
  if (!comment) return;
  doc.transact(() => {
    const body = comment.get('body') as Y.Text;
    body.delete(0, body.length);
    body.insert(0, text);
    comment.set('editedAt', at);
  });
}

/** The words stay in the history of the document; nobody is shown them any more. */
export function removeComment(doc: Y.Doc, threadId: string, commentId: string, at: string): void {
  find(doc, threadId, commentId)?.set('removedAt', at);
}

export function resolve(doc: Y.Doc, threadId: string, resolved: { by: string; at: string } | null): void {
  rootOf(doc).get(threadId)?.set('resolved', resolved);
}

export function tick(doc: Y.Doc, itemId: string, mark: { by: string; at: string } | null): void {
  doc.getMap<Y.Map<unknown>>('checklist').get(itemId)?.set('tick', mark);
}
