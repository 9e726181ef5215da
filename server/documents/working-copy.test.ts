import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { documentLimits } from '#shared/contract/document.ts';
import { newDocument } from '#shared/domain/record-document.ts';
import { newComment, newThread } from '#test/support/hostile-updates.ts';
import { applyPart, copyOf, type Copy } from './working-copy.ts';

const me = { id: 'me', name: 'Me' };
const at = '2026-11-25T08:00:00.000Z';
const thread = '0199aaaa-0000-7000-8000-00000000000a';

/** A page with a thread of mine, and the server's copy of it. */
function pageAndCopy(words: string): { page: Y.Doc; copy: Copy; send(...updates: Uint8Array[]): string } {
  const page = new Y.Doc();
  Y.applyUpdate(page, newDocument());
  page.getMap('threads').set(thread, newThread(me.id, at, [newComment('c', me.id, at, words)]));
  const owners = new Map([[page.clientID, me.id]]);
  const copy = copyOf({ updates: [Y.encodeStateAsUpdate(page)], last: 0, rows: 0, owners });
  const send = (...updates: Uint8Array[]) => {
    const applied = applyPart(copy, me, updates);
    return applied.state === 'refused' ? applied.finding.rule : applied.state;
  };
  return { page, copy, send };
}

const commentsOf = (doc: Y.Doc) =>
  doc.getMap<Y.Map<unknown>>('threads').get(thread)!.get('comments') as Y.Array<Y.Map<unknown>>;

/** Deletes every second character of a text: as many delete ranges, which cannot be merged. */
function riddle(page: Y.Doc, body: Y.Text): void {
  page.transact(() => {
    for (let index = body.length - 1; index > 0; index -= 2) body.delete(index, 1);
  });
}

describe('deleted content of a document', () => {
  test('does not prevent a client from reconnecting with all of it, or from writing afterwards', () => {
    const { page, copy, send } = pageAndCopy('x'.repeat(10_000));
    for (let n = 0; n < 4; n++) commentsOf(page).push([newComment(`${n}`, me.id, at, 'x'.repeat(10_000))]);
    for (const comment of commentsOf(page)) riddle(page, comment.get('body') as Y.Text);
    Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(page));
    const all = Y.encodeStateAsUpdate(page, Y.encodeStateVector(copy.doc));
    expect(all.byteLength).toBeGreaterThan(documentLimits.updateBytes);
    expect(send(all)).toBe('unchanged');
    const before = Y.encodeStateVector(page);
    commentsOf(page).push([newComment('more', me.id, at, 'More.')]);
    expect(send(Y.encodeStateAsUpdate(page, before))).toBe('changed');
  });

  test('does not raise the limit of a single update', () => {
    const { page, copy, send } = pageAndCopy('x'.repeat(10_000));
    riddle(page, commentsOf(page).get(0).get('body') as Y.Text);
    Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(page));
    const before = Y.encodeStateVector(page);
    const many = Array.from({ length: 7 }, (_, n) => newComment(`${n}`, me.id, at, 'x'.repeat(10_000)));
    commentsOf(page).push(many);
    expect(send(Y.encodeStateAsUpdate(page, before))).toBe('D07');
  });

  test('[D07] is limited before it exceeds what one frame can list', () => {
    const { page, send } = pageAndCopy('');
    const updates: Uint8Array[] = [];
    page.on('update', (update: Uint8Array) => void updates.push(update));
    const answers: string[] = [];
    for (let n = 0; answers.at(-1) !== 'D07' && n < 20; n++) {
      commentsOf(page).push([newComment(`${n}`, me.id, at, 'x'.repeat(10_000))]);
      riddle(
        page,
        commentsOf(page)
          .get(n + 1)
          .get('body') as Y.Text,
      );
      answers.push(...updates.splice(0).map((update) => send(update)));
    }
    expect(answers.at(-1)).toBe('D07');
    expect(answers.filter((answer) => answer === 'changed').length).toBeGreaterThan(10);
  });
});

test('[D07] a document holds at most 2 MiB', () => {
  const { page, send } = pageAndCopy('');
  const updates: Uint8Array[] = [];
  page.on('update', (update: Uint8Array) => void updates.push(update));
  let answer = 'changed';
  let bytes = 0;
  for (let n = 0; answer === 'changed'; n++) {
    commentsOf(page).push(Array.from({ length: 6 }, (_, k) => newComment(`${n} ${k}`, me.id, at, 'x'.repeat(10_000))));
    const update = updates.pop()!;
    bytes += update.byteLength;
    answer = send(update);
  }
  expect(answer).toBe('D07');
  expect(bytes).toBeGreaterThan(documentLimits.documentBytes - documentLimits.updateBytes);
});

test('[D07] a document holds at most a thousand comments; removed ones do not count', () => {
  const { page, send } = pageAndCopy('');
  const updates: Uint8Array[] = [];
  page.on('update', (update: Uint8Array) => void updates.push(update));
  const add = (length: number) => {
    commentsOf(page).push(Array.from({ length }, () => newComment(crypto.randomUUID(), me.id, at, '')));
    return send(updates.pop()!);
  };
  expect([add(300), add(300), add(300), add(99)]).toEqual(['changed', 'changed', 'changed', 'changed']);
  commentsOf(page).get(5).set('removedAt', at);
  expect([send(updates.pop()!), add(1), add(1)]).toEqual(['changed', 'changed', 'D07']);
});

test('[D08] nothing of a merged update is applied when its last part is refused', () => {
  const { page, copy, send } = pageAndCopy('');
  const updates: Uint8Array[] = [];
  page.on('update', (update: Uint8Array) => void updates.push(update));
  page.clientID = 7;
  commentsOf(page).push([newComment('good', me.id, at, 'Good.')]);
  page.getMap('elsewhere').set('a', 1);
  expect(send(...updates)).toBe('D08');
  expect([...copy.owners.keys()]).not.toContain(7);
  expect(copy.doc.share.has('elsewhere')).toBe(false);
});
