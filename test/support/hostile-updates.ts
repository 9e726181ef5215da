import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { defaultModel } from '#shared/domain/operating-model.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import type { Seeded } from './seeded.ts';

/** The context for inventing updates: the present document, the owners of Yjs client ids, and earlier updates. */
export interface Scene {
  state: Uint8Array;
  people: readonly (Actor & { clients: readonly number[] })[];
  now: Date;
  sent: readonly Uint8Array[];
}

type YMap = Y.Map<unknown>;
type Writer = Scene['people'][number];

/** Updates as clients send them, honest and hostile ones; `honest`: anybody who may comment and tick may send it. */
export interface MadeUp {
  kind: string;
  update: Uint8Array;
  by: Writer;
}

const docOf = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
};

/** The update that a person's page sends after a change. */
export function written(scene: Scene, client: number, change: (doc: Y.Doc) => void): Uint8Array {
  const page = docOf(scene.state);
  page.clientID = client;
  const before = Y.encodeStateVector(page);
  change(page);
  return Y.encodeStateAsUpdate(page, before);
}

const threadsOf = (doc: Y.Doc) => [...doc.getMap<YMap>('threads').values()].filter((one) => one instanceof Y.Map);
const arrayOf = (thread: YMap) => thread.get('comments') as Y.Array<YMap>;
const commentsOf = (doc: Y.Doc) => threadsOf(doc).flatMap((thread) => arrayOf(thread).toArray());

export function newComment(
  id: string,
  by: string,
  at: string,
  words: string,
  more: Record<string, unknown> = {},
): YMap {
  return new Y.Map<unknown>(Object.entries({ id, by, at, body: new Y.Text(words), ...more }));
}

export function newThread(by: string, at: string, comments: YMap[], more: Record<string, unknown> = {}): YMap {
  const thread = { about: 'record', openedBy: by, openedAt: at, resolved: null, comments: Y.Array.from(comments) };
  return new Y.Map<unknown>(Object.entries({ ...thread, ...more }));
}

/** An action on the page of a record. `as`: the author it claims. */
function act(doc: Y.Doc, random: Seeded, as: string, now: Date): void {
  const at = new Date(now.getTime() - random.below(3_600_000)).toISOString();
  const threads = threadsOf(doc);
  const mine = commentsOf(doc).filter((comment) => comment.get('by') === as);
  const which = random.below(8);
  if (which === 0 || threads.length === 0) {
    doc.getMap('threads').set(random.id(), newThread(as, at, [newComment(random.id(), as, at, 'Is this so?')]));
  } else if (which === 1) {
    arrayOf(random.oneOf(threads)).push([newComment(random.id(), as, at, 'It is.')]);
  } else if (which === 2) {
    random.oneOf(threads).set('resolved', random.below(2) ? { by: as, at } : null);
  } else if (which === 3 && mine.length > 0) {
    random.oneOf(mine).set('removedAt', at);
  } else if (which < 6 && mine.length > 0) {
    const comment = random.oneOf(mine);
    const body = comment.get('body') as Y.Text;
    body.insert(random.below(body.length + 1), random.oneOf(['and', ' so on', 'é😀']));
    if (random.below(2)) body.delete(0, Math.min(body.length, 2));
    comment.set('editedAt', at);
  } else {
    for (let times = 1 + random.below(3); times > 0; times--) {
      const { id } = random.oneOf(defaultModel.checklist);
      doc
        .getMap<YMap>('checklist')
        .get(id)!
        .set('tick', random.below(3) ? { by: as, at } : null);
    }
  }
}

/** A value that is invalid where it is put. */
const oddValue = (random: Seeded): unknown =>
  random.oneOf<() => unknown>([
    () => 1,
    () => 'text',
    () => undefined,
    () => [],
    () => ({ by: 'nobody' }),
    () => ({ a: { b: { c: { d: 1 } } } }),
    () => new Y.Map<unknown>(Object.entries({ by: 'x' })),
    () => Y.Array.from([1, 2]),
    () => new Y.Text('text'),
    () => new Y.Text(),
    () => new Y.XmlElement('p'),
    () => new Uint8Array(3),
    () => new Y.Doc(),
    () => Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], 1),
  ])();

const places = (doc: Y.Doc): Y.AbstractType<unknown>[] =>
  [
    doc.getMap('threads'),
    doc.getMap('checklist'),
    ...doc.getMap<YMap>('checklist').values(),
    ...threadsOf(doc),
    ...threadsOf(doc).map(arrayOf),
    ...commentsOf(doc),
    ...commentsOf(doc).map((comment) => comment.get('body') as Y.Text),
  ] as Y.AbstractType<unknown>[];

const keys = [
  'about',
  'openedBy',
  'resolved',
  'comments',
  'id',
  'by',
  'at',
  'body',
  'editedAt',
  'tick',
  'title',
  'x',
  '__proto__',
];

/** Bytes of an update with any single struct. */
export function struct(client: number, clock: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const value of [1, 1, client, clock]) encoding.writeVarUint(encoder, value);
  write(encoder);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

export const gcOf = (client: number, clock: number, length: number) =>
  struct(client, clock, (encoder) => {
    encoding.writeUint8(encoder, 0);
    encoding.writeVarUint(encoder, length);
  });

/** An item behind another one, of one of Yjs's content kinds and of length zero. */
export const emptyBehind = (client: number, clock: number, origin: Y.ID, content: 1 | 8) =>
  struct(client, clock, (encoder) => {
    encoding.writeUint8(encoder, 0x80 | content);
    for (const value of [origin.client, origin.clock, 0]) encoding.writeVarUint(encoder, value);
  });

export function deletesOf(ranges: readonly { client: number; clock: number; length: number }[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, ranges.length);
  for (const { client, clock, length } of ranges) {
    for (const value of [client, 1, clock, length]) encoding.writeVarUint(encoder, value);
  }
  return encoding.toUint8Array(encoder);
}

type Make = (scene: Scene, random: Seeded, by: Writer, client: number) => Uint8Array;

const another = ({ people }: Scene, random: Seeded, by: Writer) =>
  random.oneOf(people.filter(({ id }) => id !== by.id));
const anyId = (scene: Scene, random: Seeded): Y.ID => {
  const [client, clock] = random.oneOf([...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(scene.state))]);
  return new Y.ID(client, random.below(clock));
};
const stateOf = (scene: Scene, client: number) =>
  Y.decodeStateVector(Y.encodeStateVectorFromUpdate(scene.state)).get(client) ?? 0;

const honest: Make = (scene, random, by, client) =>
  written(scene, client, (doc) => {
    for (let acts = 1 + random.below(4); acts > 0; acts--) doc.transact(() => act(doc, random, by.id, scene.now));
  });

const makers: Record<string, Make> = {
  honest,
  'written on two pages': (scene, random, by) => {
    const first = written(scene, by.clients[0]!, (doc) => act(doc, random, by.id, scene.now));
    const state = Y.mergeUpdates([scene.state, first]);
    const second = written({ ...scene, state }, by.clients[1]!, (doc) => act(doc, random, by.id, scene.now));
    return Y.mergeUpdates([first, second]);
  },
  'under a name of another': (scene, random, by, client) =>
    written(scene, client, (doc) => {
      act(doc, random, by.id, scene.now);
      act(doc, random, another(scene, random, by).id, scene.now);
    }),
  'under a client of another': (scene, random, by) =>
    written(scene, random.oneOf([1, ...another(scene, random, by).clients]), (doc) =>
      act(doc, random, by.id, scene.now),
    ),
  'a range of nothing on a clock': (scene, random, by) => {
    const client = random.oneOf([1, ...by.clients, ...another(scene, random, by).clients, 77]);
    return gcOf(client, stateOf(scene, client) + random.oneOf([0, 0, 0, 1]), random.oneOf([0, 1, 5, 30_000, 1e6]));
  },
  'deletions of anything': (scene, random) => {
    const { client, clock } = anyId(scene, random);
    return deletesOf([{ client, clock, length: random.oneOf([1, 1, 3, 50]) }]);
  },
  'deletions of what nobody wrote': (scene, random, by) =>
    deletesOf([{ client: random.oneOf([99, ...by.clients]), clock: 5_000, length: random.oneOf([1, 1e6]) }]),
  'an unknown key or a wrong type': (scene, random, by, client) =>
    written(scene, client, (doc) => {
      if (random.below(2)) act(doc, random, by.id, scene.now);
      if (random.below(10) === 0) return void doc.getMap('elsewhere').set('a', 1);
      const place = random.oneOf(places(doc));
      Y.Map.prototype.set.call(place, random.oneOf(keys), oddValue(random));
    }),
  'something in a list': (scene, random, _, client) =>
    written(scene, client, (doc) => {
      const place = random.oneOf(places(doc));
      const value = oddValue(random) ?? null;
      Y.Array.prototype.insert.call(place, 0, [value]);
    }),
  'a thread or comment a little off': (scene, random, by, client) => {
    const at = scene.now.toISOString();
    const odd = (): Record<string, unknown> => {
      const value = random.oneOf([oddValue(random), at, by.id, '2099-01-01T00:00:00.000Z', 'x'.repeat(10_001)]);
      return random.below(3) ? { [random.oneOf(keys)]: value } : {};
    };
    const id = random.id();
    return written(scene, client, (doc) => {
      const comments = [newComment(id, by.id, at, 'So?', odd())];
      if (random.below(4) === 0) comments.push(newComment(random.oneOf([id, random.id()]), by.id, at, ''));
      const threads = threadsOf(doc);
      if (random.below(2) && threads.length > 0) arrayOf(random.oneOf(threads)).push(comments);
      else {
        const thread = newThread(by.id, at, random.below(6) ? comments : [], odd());
        const taken = [...doc.getMap('threads').keys()];
        doc.getMap('threads').set(random.oneOf([random.id(), random.id(), 'x', '\0', ...taken.slice(0, 1)]), thread);
      }
    });
  },
  'a change of any comment': (scene, random, by, client) =>
    written(scene, client, (doc) => {
      const comments = commentsOf(doc);
      if (comments.length === 0) return act(doc, random, by.id, scene.now);
      const comment = random.oneOf(comments);
      const body = comment.get('body') as Y.Text;
      const which = random.below(6);
      if (which === 0) body.insert(0, 'Not ');
      else if (which === 1) body.format(0, body.length, { bold: true });
      else if (which === 2) body.insertEmbed(0, { image: 'x' });
      else if (which === 3) body.delete(0, body.length);
      else if (which === 4) comment.delete(random.oneOf([...comment.keys()]));
      else comment.set('removedAt', scene.now.toISOString());
      if (random.below(2)) comment.set('editedAt', scene.now.toISOString());
    }),
  'something taken away': (scene, random, _, client) =>
    written(scene, client, (doc) => {
      const place = random.oneOf(places(doc));
      if (place instanceof Y.Map) place.delete(random.oneOf([...place.keys(), 'x']));
      else if (place instanceof Y.Array && place.length > 0) place.delete(random.below(place.length));
    }),
  'nothing behind something': (scene, random, by) => {
    const client = random.oneOf([1, ...by.clients, ...another(scene, random, by).clients]);
    return emptyBehind(client, stateOf(scene, client), anyId(scene, random), random.oneOf([1, 8]));
  },
  'a place of its own': (scene, random, by, client) => {
    const parent = anyId(scene, random);
    return struct(client, stateOf(scene, client), (encoder) => {
      encoding.writeUint8(encoder, 0x20 | random.oneOf([1, 2, 3, 4, 5, 7, 8]));
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, parent.client);
      encoding.writeVarUint(encoder, parent.clock);
      encoding.writeVarString(encoder, random.oneOf(keys));
      encoding.writeVarUint(encoder, 1);
      encoding.writeAny(encoder, random.oneOf([by.id, null, 1, { by: by.id, at: scene.now.toISOString() }]));
    });
  },
  'a count of millions': (_, random, by) => {
    const encoder = encoding.createEncoder();
    const count = random.oneOf([30_000_000, 2 ** 31, 2 ** 50]);
    for (const value of random.oneOf([[count], [1, count, by.clients[0]!, 0], [0, count], [0, 1, 1, count]])) {
      encoding.writeVarUint(encoder, value);
    }
    for (let n = random.below(8); n > 0; n--) encoding.writeUint8(encoder, 0);
    return encoding.toUint8Array(encoder);
  },
  'thousands of structs': (scene, random, by) => {
    const client = by.clients[0]!;
    const encoder = encoding.createEncoder();
    const count = random.oneOf([1_000, 3_000]);
    for (const value of [1, count, client, stateOf(scene, client)]) encoding.writeVarUint(encoder, value);
    for (let n = 0; n < count; n++) {
      encoding.writeUint8(encoder, 0);
      encoding.writeVarUint(encoder, 1);
    }
    encoding.writeVarUint(encoder, 0);
    return encoding.toUint8Array(encoder);
  },
  'cut off': (scene, random, by, client) => {
    const update = honest(scene, random, by, client);
    return update.slice(0, random.below(update.length));
  },
  'random bytes': (_, random) => Uint8Array.from({ length: random.below(200) }, () => random.below(256)),
  'a few bytes changed': (scene, random, by, client) => {
    const update = honest(scene, random, by, client);
    for (let n = 1 + random.below(3); n > 0; n--) update[random.below(update.length)] = random.below(256);
    return update;
  },
  'sent before': (scene, random, by, client) =>
    scene.sent.length > 0 ? random.oneOf(scene.sent) : honest(scene, random, by, client),
  'sent before, with a few bytes changed': (scene, random, by, client) => {
    const update = (scene.sent.length > 0 ? random.oneOf(scene.sent) : honest(scene, random, by, client)).slice();
    update[random.below(update.length)] = random.below(256);
    return update;
  },
  'the second of two': (scene, random, by, client) => {
    const first = honest(scene, random, by, client);
    return honest({ ...scene, state: Y.mergeUpdates([scene.state, first]) }, random, by, client);
  },
  'all there is': (scene) => scene.state,
};

const kinds = ['honest', 'honest', 'honest', ...Object.keys(makers)];

export function madeUp(scene: Scene, random: Seeded): MadeUp {
  const kind = random.oneOf(kinds);
  const by = random.oneOf(scene.people);
  return { kind, by, update: makers[kind]!(scene, random, by, random.oneOf(by.clients)) };
}
