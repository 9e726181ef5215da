import * as Y from 'yjs';
import type { Person } from '#shared/contract/person.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { newDocument } from '#shared/domain/record-document.ts';

/**
 * `mixed`: out of ten updates eight ticks, a comment and an edit; `typing`: single characters typed into one comment.
 */
export type Writing = 'mixed' | 'typing';

export interface ScriptOf {
  person: Person;
  /** The Yjs client id of the writer. */
  client: number;
  writing: Writing;
  updates: number;
}

/** One update, and the clock of its client after it. */
export interface Step {
  update: Uint8Array;
  clock: number;
}

/**
 * The updates one person writes into a new record's document, computed in advance. All new documents are equal, so a
 * script fits any of them; scripts of different client ids do not conflict.
 */
export function scriptOf({ person: { id: by }, client, writing, updates }: ScriptOf): Step[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, newDocument());
  doc.clientID = client;
  const steps: Step[] = [];
  doc.on('update', (update) => void steps.push({ update, clock: Y.getState(doc.store, client) }));
  const now = () => new Date().toISOString();
  const comment = (words: string) =>
    new Y.Map<unknown>(Object.entries({ id: crypto.randomUUID(), by, at: now(), body: new Y.Text(words) }));
  const body = new Y.Text('The masses are those of the production order.');
  const first = new Y.Map<unknown>(Object.entries({ id: crypto.randomUUID(), by, at: now(), body }));
  const comments = Y.Array.from([first]);
  const thread = { about: 'record', openedBy: by, openedAt: now(), resolved: null, comments };
  doc.getMap('threads').set(crypto.randomUUID(), new Y.Map<unknown>(Object.entries(thread)));

  const items = defaultModel.checklist.filter((_, index) => index % 2 === client % 2);
  const tick = (n: number) => {
    const item = doc.getMap<Y.Map<unknown>>('checklist').get(items[n % items.length]!.id)!;
    item.set('tick', item.get('tick') ? null : { by, at: now() });
  };
  const edit = () =>
    doc.transact(() => {
      body.insert(body.length, 'abcdefghij'[steps.length % 10]!);
      first.set('editedAt', now());
    });
  while (steps.length < updates) {
    const turn = steps.length % 10;
    if (writing === 'typing' || turn === 9) edit();
    else if (turn === 8 && comments.length < 90) comments.push([comment('The coupling was measured again.')]);
    else tick(steps.length);
  }
  doc.destroy();
  return steps;
}
