import type * as Y from 'yjs';
import * as content from './threads.ts';

/** One change a person makes in a document. Idempotent. */
export type DocumentIntent = { id: string; at: string } & (
  | { kind: 'tick'; item: string; on: boolean }
  | { kind: 'start'; thread: string; about: string; text: string }
  | { kind: 'reply'; thread: string; about: string; text: string }
  | { kind: 'edit'; thread: string; about: string; comment: string; text: string }
  | { kind: 'remove'; thread: string; about: string; comment: string }
  | { kind: 'resolve'; thread: string; about: string; on: boolean }
);

/** The change without its id and time. */
export type DocumentAction = DocumentIntent extends infer I
  ? I extends DocumentIntent
    ? Omit<I, 'id' | 'at'>
    : never
  : never;

/** `astray`: it cannot be applied, because the thread or comment it refers to does not exist. */
export type IntentOutcome = 'done' | 'already' | 'astray';

/** Applies an intent. A new comment has the id of its intent, so that a retry finds it. */
export function perform(doc: Y.Doc, by: string, intent: DocumentIntent): IntentOutcome {
  if (isOrphaned(doc, intent)) return 'astray';
  return change(doc, by, intent) ? 'done' : 'already';
}

/** Whether its thread or comment does not exist, because the intent that created it was refused. */
function isOrphaned(doc: Y.Doc, intent: DocumentIntent): boolean {
  if (intent.kind === 'start' || intent.kind === 'tick') return false;
  return !content.hasComment(doc, intent.thread, 'comment' in intent ? intent.comment : undefined);
}

function change(doc: Y.Doc, by: string, intent: DocumentIntent): boolean {
  const { id, at } = intent;
  switch (intent.kind) {
    case 'tick':
      return content.tick(doc, intent.item, intent.on ? { by, at } : null);
    case 'start':
      return content.startThread(doc, intent.thread, intent.about, { id, by, at, text: intent.text });
    case 'reply':
      return content.reply(doc, intent.thread, { id, by, at, text: intent.text });
    case 'edit':
      return content.editComment(doc, intent.thread, intent.comment, at, intent.text);
    case 'remove':
      return content.removeComment(doc, intent.thread, intent.comment, at);
    case 'resolve':
      return content.resolve(doc, intent.thread, intent.on ? { by, at } : null);
  }
}
