import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { newDocument } from '#shared/domain/record-document.ts';
import { deletesOf, emptyBehind, gcOf, newComment, newThread, struct, written } from '#test/support/hostile-updates.ts';
import { validateUpdate } from './validate-update.ts';

const [me, other] = ['me', 'other'];
const mine = 5_000;
const theirs = 6_000;
const at = '2026-11-25T08:00:00.000Z';

const scene = (() => {
  const state = newDocument();
  const people = [{ id: me, admin: false, duties: [], clients: [] }];
  const empty = { state, people, now: new Date(at), sent: [] };
  const said = (client: number, by: string) =>
    written(empty, client, (doc) =>
      doc
        .getMap('threads')
        .set(client === mine ? 'mine' : 'theirs', newThread(by, at, [newComment('c', by, at, 'So?')])),
    );
  return { ...empty, state: Y.mergeUpdates([state, said(mine, me), said(theirs, other)]) };
})();
const owners = new Map([
  [mine, me],
  [theirs, other],
]);

function gate(update: Uint8Array): string | null {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, scene.state);
  const before = Y.encodeStateAsUpdate(doc);
  const answer = validateUpdate(update, doc, me, (client) => owners.get(client));
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  return answer?.finding.rule ?? null;
}

const change = (client: number, act: (doc: Y.Doc) => void) => written(scene, client, act);
const set = (value: unknown) => change(mine, (doc) => void doc.getMap('threads').set('a', value));
const clockOf = (client: number) => Y.decodeStateVector(Y.encodeStateVectorFromUpdate(scene.state)).get(client) ?? 0;
const inThreads = (write: (encoder: encoding.Encoder) => void, root = 'threads') =>
  struct(mine, clockOf(mine), (encoder) => {
    encoding.writeUint8(encoder, 0x28);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, root);
    encoding.writeVarString(encoder, 'key');
    encoding.writeVarUint(encoder, 1);
    write(encoder);
  });

describe('accepts', () => {
  const first = change(mine, (doc) => void doc.getMap('threads').set('a', 1));
  const second = written({ ...scene, state: Y.mergeUpdates([scene.state, first]) }, mine, (doc) =>
    doc.getMap('threads').set('b', 2),
  );
  test.each([
    ['what is the document’s already', scene.state],
    ['a change under a client of one’s own', set(1)],
    ['a change under a client that is nobody’s yet', change(7, (doc) => void doc.getMap('threads').set('a', 1))],
    ['two changes in one', Y.mergeUpdates([first, second])],
    ['a range that was written and erased before it was sent', gcOf(mine, clockOf(mine), 20_000)],
    [
      'deletions of what there is, whoever’s: what they hit is judged behind it',
      deletesOf([{ client: theirs, clock: 0, length: 2 }]),
    ],
    ['nothing', Uint8Array.from([0, 0])],
  ])('%s', (_, update) => expect(gate(update)).toBeNull());

  test.each([
    ['the one with the higher number first', [5_000, 4_000]],
    ['the one with the lower number first', [4_000, 5_000]],
  ] as const)('content that one person wrote on two pages, %s', (_, [one, two]) => {
    const id = '0199aaaa-0000-7000-8000-00000000000c';
    const opened = change(
      one,
      (doc) => void doc.getMap('threads').set(id, newThread(me, at, [newComment('c', me, at, 'So?')])),
    );
    const state = Y.mergeUpdates([scene.state, opened]);
    const said = written({ ...scene, state }, two, (doc) =>
      (doc.getMap<Y.Map<unknown>>('threads').get(id)!.get('comments') as Y.Array<unknown>).push([
        newComment('d', me, at, 'Yes.'),
      ]),
    );
    expect(gate(Y.mergeUpdates([opened, said]))).toBeNull();
  });
});

describe('[D09] refuses new content', () => {
  test.each([
    ['under a client of another person', theirs],
    ['under the client that founded the document', 1],
  ])('%s', (_, client) => {
    expect(gate(change(client, (doc) => void doc.getMap('threads').set('a', 1)))).toBe('D09');
    expect(gate(gcOf(client, clockOf(client), 1_000_000))).toBe('D09');
  });
});

describe('[D07] refuses too much content', () => {
  test.each([
    ['more than 64 KiB', set('x'.repeat(65_536))],
    [
      'more than 2,000 structs',
      change(mine, (doc) => {
        for (let n = 0; n < 2_001; n++) doc.getMap('threads').set(`${n}`, n);
      }),
    ],
    ['a range that nobody can have typed', gcOf(mine, clockOf(mine), 20_001)],
  ])('%s', (_, update) => expect(gate(update)).toBe('D07'));
});

describe('[D08] refuses', () => {
  const gap = (() => {
    const first = change(mine, (doc) => void doc.getMap('threads').set('a', 1));
    return written(
      { ...scene, state: Y.mergeUpdates([scene.state, first]) },
      mine,
      (doc) => void doc.getMap('threads').set('b', 1),
    );
  })();
  const count = (...values: number[]) => {
    const encoder = encoding.createEncoder();
    for (const value of values) encoding.writeVarUint(encoder, value);
    return encoding.toUint8Array(encoder);
  };
  const plain = (value: unknown) => set(value);
  const pretender = inThreads((encoder) => {
    encoding.writeUint8(encoder, 118);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, '__proto__');
    encoding.writeAny(encoder, { isAdmin: true });
  });
  const dangling = struct(mine, clockOf(mine), (encoder) => {
    encoding.writeUint8(encoder, 0x88);
    for (const value of [4_242, 7, 1]) encoding.writeVarUint(encoder, value);
    encoding.writeAny(encoder, 1);
  });
  const orphan = struct(mine, clockOf(mine), (encoder) => {
    encoding.writeUint8(encoder, 0x28);
    for (const value of [0, 4_242, 7]) encoding.writeVarUint(encoder, value);
    encoding.writeVarString(encoder, 'tick');
    encoding.writeVarUint(encoder, 1);
    encoding.writeAny(encoder, 1);
  });
  test.each([
    ['no bytes', new Uint8Array()],
    ['random bytes', Uint8Array.from([9, 8, 7, 255, 255, 255])],
    ['an update that ends early', set('text').slice(0, -4)],
    ['a string that claims more bytes than there are', Uint8Array.from([1, 1, 5, 0, 4, 1, 1, 97, 255, 127])],
    ['thirty million structs', count(1, 30_000_000, mine, 0)],
    ['thirty million clients', count(30_000_000)],
    ['a gap in a clock', gap],
    ['a gap in the clock of nobody', gcOf(77, 5, 1)],
    ['an origin that nobody has', dangling],
    ['a parent that nobody has', orphan],
    ['deletions of what nobody wrote', deletesOf([{ client: theirs, clock: 0, length: 1_000 }])],
    ['deletions under a client that is nobody’s', deletesOf([{ client: 77, clock: 0, length: 1 }])],
    ['another root', change(mine, (doc) => void doc.getMap('elsewhere').set('a', 1))],
    ['a root called __proto__', inThreads((encoder) => encoding.writeAny(encoder, 1), '__proto__')],
    ['nothing in the place of something', emptyBehind(mine, clockOf(mine), new Y.ID(theirs, 0), 8)],
    [
      'nothing in the place of something, under a client of another',
      emptyBehind(theirs, clockOf(theirs), new Y.ID(1, 0), 8),
    ],
    ['an erased nothing in the place of something', emptyBehind(mine, clockOf(mine), new Y.ID(theirs, 0), 1)],
    ['a value with a prototype of its own', pretender],
    ['a value deeper than a flat object', plain({ a: { b: { c: 1 } } })],
    ['a list as a value', plain([1])],
    ['bytes as a value', plain(new Uint8Array(3))],
    ['undefined as a value', plain(undefined)],
    ['a document in the document', plain(new Y.Doc())],
    ['an XML element', plain(new Y.XmlElement('p'))],
    ['an XML text', plain(new Y.XmlText('p'))],
    [
      'formatting',
      change(mine, (doc) => {
        const body = new Y.Text('bold');
        doc.getMap('threads').set('a', body);
        body.format(0, 4, { bold: true });
      }),
    ],
    [
      'an embedded object',
      change(mine, (doc) => {
        const body = new Y.Text('bold');
        doc.getMap('threads').set('a', body);
        body.insertEmbed(0, { image: 'x' });
      }),
    ],
    [
      'a hole instead of content',
      struct(mine, clockOf(mine), (encoder) => {
        encoding.writeUint8(encoder, 10);
        encoding.writeVarUint(encoder, 5);
      }),
    ],
  ])('%s', (_, update) => expect(gate(update)).toBe('D08'));

  test('a list nested ten thousand levels deep, without a stack overflow', () => {
    const deep = inThreads((encoder) => {
      for (let n = 0; n < 10_000; n++) {
        encoding.writeUint8(encoder, 117);
        encoding.writeVarUint(encoder, 1);
      }
      encoding.writeAny(encoder, 1);
    });
    expect(gate(deep)).toBe('D08');
  });
});
