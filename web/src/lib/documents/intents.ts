import type * as Y from 'yjs';
import * as content from './threads.ts';

/** One thing a person did in a document. Doing it again where it is done already changes nothing. */
export type DocumentIntent = { id: string; at: string } & (
  | { kind: 'tick'; item: string; on: boolean }
  | { kind: 'start'; thread: string; about: string; text: string }
  | { kind: 'reply'; thread: string; about: string; text: string }
  | { kind: 'edit'; thread: string; about: string; comment: string; text: string }
  | { kind: 'remove'; thread: string; about: string; comment: string }
  | { kind: 'resolve'; thread: string; about: string; on: boolean }
);

/** What somebody did without saying when, and under which name. */
export type DocumentAction = DocumentIntent extends infer I
  ? I extends DocumentIntent
    ? Omit<I, 'id' | 'at'>
    : never
  : never;

/** `astray`: it cannot be done, because what it is about is not there. */
export type IntentOutcome = 'done' | 'already' | 'astray';

/** A new comment takes the id of its intent: it is found again however often it is sent. */
export function perform(doc: Y.Doc, by: string, intent: DocumentIntent): IntentOutcome {
  if (isOrphaned(doc, intent)) return 'astray';
  return change(doc, by, intent) ? 'done' : 'already';
}

/** What it is about is not there: its own start was refused. */
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
