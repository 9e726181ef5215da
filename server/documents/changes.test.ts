import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import type { DocumentChange } from '#shared/domain/document-policy.ts';
import { newDocument } from '#shared/domain/record-document.ts';
import { deletesOf, newComment, newThread, written } from '#test/support/hostile-updates.ts';
import { changesIn } from './changes.ts';

const [me, other] = ['me', 'other'];
const at = '2026-11-25T08:00:00.000Z';
const [mine, theirs] = ['0199aaaa-0000-7000-8000-00000000000a', '0199aaaa-0000-7000-8000-00000000000b'];

type YMap = Y.Map<unknown>;
const threadIn = (doc: Y.Doc, id: string) => doc.getMap<YMap>('threads').get(id)!;
const commentsIn = (doc: Y.Doc, id: string) => threadIn(doc, id).get('comments') as Y.Array<YMap>;
const commentIn = (doc: Y.Doc, id: string) => commentsIn(doc, id).get(0);
const bodyIn = (doc: Y.Doc, id: string) => commentIn(doc, id).get('body') as Y.Text;
const itemIn = (doc: Y.Doc, id: string) => doc.getMap<YMap>('checklist').get(id)!;
const open = (doc: Y.Doc, id: string, by: string) =>
  doc.getMap('threads').set(id, newThread(by, at, [newComment(`comment of ${by}`, by, at, 'So?')]));

const scene = [mine, theirs].reduce(
  (before, id, n) => {
    const update = written(before, 500 + n, (doc) => open(doc, id, n ? other : me));
    return { ...before, state: Y.mergeUpdates([before.state, update]) };
  },
  { state: newDocument(), people: [], now: new Date(at), sent: [] },
);

function changesOf(update: Uint8Array): DocumentChange[] {
  const doc = new Y.Doc();
  for (const root of ['checklist', 'threads']) doc.getMap(root);
  Y.applyUpdate(doc, scene.state);
  const changes: DocumentChange[] = [];
  doc.on('afterTransaction', (transaction: Y.Transaction) => void changes.push(...changesIn(transaction)));
  Y.applyUpdate(doc, update);
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
  return changes;
}

const by = (change: (doc: Y.Doc) => unknown, client = 500) =>
  written(scene, client, (doc) => doc.transact(() => change(doc)));
const steps = (...changes: ((doc: Y.Doc) => unknown)[]) =>
  written(scene, 500, (doc) => changes.forEach((change) => change(doc)));

describe('reports:', () => {
  const mark = { by: me, at };
  test('a tick and its removal', () => {
    expect(changesOf(by((doc) => itemIn(doc, 'source').set('tick', mark)))).toEqual([
      { kind: 'tick', item: 'source', tick: mark },
    ]);
    expect(changesOf(by((doc) => itemIn(doc, 'source').set('tick', null)))).toEqual([
      { kind: 'tick', item: 'source', tick: null },
    ]);
  });

  test('the final state of an item ticked and unticked several times while offline', () => {
    const set = (value: unknown) => (doc: Y.Doc) => itemIn(doc, 'source').set('tick', value);
    expect(changesOf(steps(set(mark), set(null), set(mark), set(null), set(mark)))).toEqual([
      { kind: 'tick', item: 'source', tick: mark },
    ]);
  });

  test('a tick that lost against a concurrent tick as a tick', () => {
    const update = by((doc) => itemIn(doc, 'source').set('tick', mark), 3);
    const winner = by((doc) => itemIn(doc, 'source').set('tick', { by: other, at }), 4);
    expect(changesOf(Y.mergeUpdates([update, winner])).map(({ kind }) => kind)).toEqual(['tick', 'tick']);
  });

  test('a thread with its first comment', () => {
    const id = 'new';
    expect(changesOf(by((doc) => open(doc, id, me)))).toEqual([
      {
        kind: 'threadOpened',
        thread: id,
        values: { about: 'record', openedBy: me, openedAt: at, resolved: null, comments: null },
        comments: [{ id: 'comment of me', by: me, at, body: 'So?' }],
      },
    ]);
  });

  test('a thread opened, answered, edited and resolved while offline as a thread in its final state', () => {
    const update = steps(
      (doc) => open(doc, 'new', me),
      (doc) => commentsIn(doc, 'new').push([newComment('second', me, at, 'No')]),
      (doc) => bodyIn(doc, 'new').delete(0, 1),
      (doc) => commentIn(doc, 'new').set('editedAt', at),
      (doc) => threadIn(doc, 'new').set('resolved', mark),
    );
    expect(changesOf(update)).toMatchObject([
      {
        kind: 'threadOpened',
        values: { resolved: mark },
        comments: [{ body: 'o?', editedAt: at }, { id: 'second' }],
      },
    ]);
  });

  test('a comment edited in the same update', () => {
    const update = steps(
      (doc) => commentsIn(doc, theirs).push([newComment('new', me, at, 'Yes')]),
      (doc) => (commentsIn(doc, theirs).get(1).get('body') as Y.Text).insert(3, ', it is.'),
      (doc) => commentsIn(doc, theirs).get(1).set('editedAt', at),
    );
    expect(changesOf(update)).toEqual([
      {
        kind: 'commentAdded',
        thread: theirs,
        values: { id: 'new', by: me, at, body: 'Yes, it is.', editedAt: at },
        idTaken: false,
      },
    ]);
  });

  test('an edit as inserted and deleted characters', () => {
    const edited = (change: (body: Y.Text) => void) =>
      changesOf(by((doc) => (change(bodyIn(doc, mine)), commentIn(doc, mine).set('editedAt', at))));
    const changed = { kind: 'commentChanged', thread: mine, by: me, edited: true, values: { editedAt: at } };
    expect(edited((body) => body.insert(2, ' it'))).toMatchObject([{ ...changed, body: 'So it?' }]);
    expect(edited((body) => body.delete(2, 1))).toMatchObject([{ ...changed, body: 'So' }]);
  });

  test('an edit without an edited mark', () => {
    expect(changesOf(by((doc) => bodyIn(doc, mine).delete(2, 1)))).toMatchObject([
      { kind: 'commentChanged', body: 'So', edited: false, values: {} },
    ]);
  });

  test('the removal of a comment', () => {
    expect(changesOf(by((doc) => commentIn(doc, mine).set('removedAt', at)))).toMatchObject([
      { kind: 'commentChanged', by: me, body: null, values: { removedAt: at } },
    ]);
  });

  test('resolving and reopening', () => {
    expect(changesOf(by((doc) => threadIn(doc, theirs).set('resolved', mark)))).toEqual([
      { kind: 'resolved', thread: theirs, resolved: mark },
    ]);
  });

  test('nothing for a comment written and deleted before it was sent', () => {
    const update = steps(
      (doc) => commentsIn(doc, theirs).push([newComment('new', me, at, 'No, wait')]),
      (doc) => commentsIn(doc, theirs).delete(1),
    );
    expect(changesOf(update)).toEqual([]);
  });
});

describe('attributes a change to its owner:', () => {
  test.each<[string, (doc: Y.Doc) => unknown]>([
    ['letters in another’s comment', (doc) => bodyIn(doc, theirs).insert(0, 'Not ')],
    ['letters out of another’s comment', (doc) => bodyIn(doc, theirs).delete(0, 1)],
    ['another’s comment taken away', (doc) => commentIn(doc, theirs).set('removedAt', at)],
    ['another’s comment marked as edited', (doc) => commentIn(doc, theirs).set('editedAt', at)],
  ])('%s', (_, change) => {
    expect(changesOf(by(change))).toMatchObject([{ kind: 'commentChanged', by: other }]);
  });

  test('a comment under another person’s name', () => {
    expect(changesOf(by((doc) => commentsIn(doc, mine).push([newComment('x', other, at, 'I agree')])))).toMatchObject([
      { kind: 'commentAdded', values: { by: other } },
    ]);
  });

  test('a second comment under the same id', () => {
    const second = (id: string) => by((doc) => commentsIn(doc, mine).push([newComment(id, me, at, '')]));
    expect(changesOf(second('comment of me'))).toMatchObject([{ idTaken: true }]);
    expect(changesOf(second('another'))).toMatchObject([{ idTaken: false }]);
    const twins = by((doc) => commentsIn(doc, mine).push([newComment('x', me, at, ''), newComment('x', me, at, '')]));
    expect(changesOf(twins)).toMatchObject([{ idTaken: true }, { idTaken: true }]);
  });
});

describe('reports a structural change:', () => {
  const list = (type: unknown) =>
    (Y.Array.prototype.insert as (at: number, values: unknown[]) => void).bind(type as never);
  const key = (type: unknown) => (Y.Map.prototype.set as (key: string, value: unknown) => unknown).bind(type as never);
  test.each<[string, (doc: Y.Doc) => unknown]>([
    ['another’s comment deleted', (doc) => commentsIn(doc, theirs).delete(0)],
    ['one’s own comment deleted', (doc) => commentsIn(doc, mine).delete(0)],
    ['a thread deleted', (doc) => doc.getMap('threads').delete(theirs)],
    ['an item deleted', (doc) => doc.getMap('checklist').delete('source')],
    ['a tick deleted', (doc) => itemIn(doc, 'source').delete('tick')],
    ['who wrote it deleted', (doc) => commentIn(doc, mine).delete('by')],
    ['a text deleted', (doc) => commentIn(doc, mine).delete('body')],
    ['a thread in the place of another', (doc) => open(doc, theirs, me)],
    ['an item in the place of another', (doc) => doc.getMap('checklist').set('source', new Y.Map())],
    ['a new item', (doc) => doc.getMap('checklist').set('mine', new Y.Map())],
    ['what an item asks', (doc) => itemIn(doc, 'source').set('required', false)],
    ['who opened a thread', (doc) => threadIn(doc, theirs).set('openedBy', me)],
    ['the comments of a thread', (doc) => threadIn(doc, theirs).set('comments', new Y.Array())],
    ['an unknown key of a thread', (doc) => threadIn(doc, theirs).set('x', 1)],
    ['a thread that is a value', (doc) => doc.getMap('threads').set('new', 'thread')],
    ['a thread that is a list', (doc) => doc.getMap('threads').set('new', Y.Array.from([1]))],
    ['a comment that is a value', (doc) => commentsIn(doc, mine).push(['comment' as never])],
    ['a comment that is a list', (doc) => commentsIn(doc, mine).push([new Y.Array() as never])],
    ['list items in the root', (doc) => list(doc.getMap('threads'))(0, [1])],
    ['list items in a thread', (doc) => list(threadIn(doc, mine))(0, [1])],
    ['list items in a comment', (doc) => list(commentIn(doc, mine))(0, [1])],
    ['list items in an item', (doc) => list(itemIn(doc, 'source'))(0, [1])],
    ['keys on a list', (doc) => key(commentsIn(doc, mine))('x', 1)],
    ['a comment under a key of a list', (doc) => key(commentsIn(doc, mine))('x', newComment('x', me, at, ''))],
    ['keys on a text', (doc) => bodyIn(doc, mine).setAttribute('x', 1)],
    ['values in a text', (doc) => list(bodyIn(doc, mine))(0, [1])],
    ['types in a text', (doc) => list(bodyIn(doc, mine))(0, [new Y.Map()])],
    ['a list deep in a thread', (doc) => threadIn(doc, mine).set('x', Y.Array.from([Y.Array.from([1])]))],
    ['formatting', (doc) => bodyIn(doc, mine).format(0, 2, { bold: true })],
    ['an embedded object', (doc) => bodyIn(doc, mine).insertEmbed(0, { image: 'x' })],
    ['the mark of an edit that is a type', (doc) => commentIn(doc, mine).set('editedAt', new Y.Text(at))],
    ['a key __proto__', (doc) => itemIn(doc, 'source').set('__proto__', { tick: 1 })],
  ])('%s', (_, change) => {
    expect(changesOf(by(change)).map(({ kind }) => kind)).toContain('structure');
  });

  test('deleting everything, whoever wrote it', () => {
    const clients = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(scene.state));
    const all = deletesOf([...clients].map(([client, length]) => ({ client, clock: 0, length })));
    expect(changesOf(all).map(({ kind }) => kind)).toContain('structure');
  });

  test('a shared type as the value of a tick is an invalid tick', () => {
    expect(changesOf(by((doc) => itemIn(doc, 'source').set('tick', new Y.Map())))).toContainEqual({
      kind: 'tick',
      item: 'source',
      tick: undefined,
    });
  });
});

describe('reports a new comment', () => {
  test.each([
    ['whose text is a value', { body: 'So?' }, { body: undefined }],
    ['whose text is a map', { body: new Y.Map() }, { body: undefined }],
    ['whose author is a text', { by: new Y.Text(me) }, { by: undefined }],
    ['edited at a map', { editedAt: new Y.Map() }, { editedAt: undefined }],
    ['with an unknown key', { likes: 1 }, { likes: 1 }],
  ])('as written: %s', (_, more, told) => {
    const changes = changesOf(by((doc) => commentsIn(doc, mine).push([newComment('x', me, at, '', more)])));
    const added = changes.find(({ kind }) => kind === 'commentAdded') as { values: object };
    expect(added.values).toMatchObject(told);
  });

  test.each([
    ['whose author is a text', { openedBy: new Y.Text(me) }, { openedBy: undefined }],
    ['without a list of comments', { comments: new Y.Map() }, { comments: undefined }],
  ])('and a new thread as written: %s', (_, more, told) => {
    const changes = changesOf(by((doc) => doc.getMap('threads').set('new', newThread(me, at, [], more))));
    const opened = changes.find(({ kind }) => kind === 'threadOpened') as { values: object };
    expect(opened.values).toMatchObject(told);
  });
});
