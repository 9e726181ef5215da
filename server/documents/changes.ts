/* oxlint-disable no-underscore-dangle -- Yjs gives a type's item and entries no other names. */
import * as Y from 'yjs';
import type { DocumentChange, Written } from '#shared/domain/document-policy.ts';

type YMap = Y.Map<unknown>;

/** The parts of a document that a transaction touched, grouped by place. Each place becomes one change. */
interface Touched {
  threads: Set<string>;
  comments: Map<YMap, { thread: string; keys: Set<string>; body: boolean }>;
  added: Map<YMap, { thread: string; array: Y.Array<unknown> }>;
  others: DocumentChange[];
}

/**
 * Returns the changes of a transaction to a record's document. Call it in `afterTransaction`, while deleted items still
 * have their content. It reads the added and deleted structs rather than the document. Therefore its cost depends on
 * the size of the update, and it detects content that reading the document as JSON would not show.
 */
export function changesIn(transaction: Y.Transaction): DocumentChange[] {
  const { doc } = transaction;
  const touched: Touched = { threads: new Set(), comments: new Map(), added: new Map(), others: [] };
  for (const struct of added(transaction)) if (struct instanceof Y.Item) place(struct, doc, touched);
  const idsOf = timesOfIds();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && !isNew(struct, transaction)) takeAway(struct, transaction, touched);
  });
  return [
    ...touched.others,
    ...[...touched.threads].map((id) => openedThread(id, doc.getMap<YMap>('threads').get(id)!)),
    ...[...touched.added].map(([comment, { thread, array }]): DocumentChange => {
      const values = valuesOf(comment);
      return { kind: 'commentAdded', thread, values, idTaken: idsOf(array).get(values['id'])! > 1 };
    }),
    ...[...touched.comments].map(([comment, change]) => changedComment(comment, change)),
  ];
}

function* added({ beforeState, afterState, doc }: Y.Transaction): Generator<Y.Item | Y.GC> {
  for (const [client, clock] of afterState) {
    const before = beforeState.get(client) ?? 0;
    if (before === clock) continue;
    const structs = doc.store.clients.get(client)!;
    for (let at = Y.findIndexSS(structs as never, before); at < structs.length; at++) {
      if (structs[at]!.id.clock >= before) yield structs[at]!;
    }
  }
}

const isNew = ({ id }: Y.Item, { beforeState }: Y.Transaction) => id.clock >= (beforeState.get(id.client) ?? 0);

/** Depth of a body below its root. Deeper content has no valid place. */
const deepest = 4;

/** The place of a type in the structure that `record-document.ts` describes. */
type Place =
  | { at: 'threads' | 'checklist' }
  | { at: 'thread'; thread: string; map: YMap }
  | { at: 'comments'; thread: string; array: Y.Array<unknown> }
  | { at: 'comment'; thread: string; comment: YMap }
  | { at: 'body'; thread: string; comment: YMap }
  | { at: 'item'; item: string }
  | { at: 'nowhere' };

function placeOf(type: Y.AbstractType<unknown>, doc: Y.Doc, depth = 0): Place {
  if (type === doc.getMap('threads')) return { at: 'threads' };
  if (type === doc.getMap('checklist')) return { at: 'checklist' };
  const item = type._item;
  if (!item || depth > deepest) return { at: 'nowhere' };
  const above = placeOf(item.parent as Y.AbstractType<unknown>, doc, depth + 1);
  const key = item.parentSub;
  if (above.at === 'threads' && key !== null && type instanceof Y.Map) return { at: 'thread', thread: key, map: type };
  if (above.at === 'checklist' && key !== null && type instanceof Y.Map) return { at: 'item', item: key };
  if (above.at === 'thread' && key === 'comments' && type instanceof Y.Array) {
    return { at: 'comments', thread: above.thread, array: type };
  }
  if (above.at === 'comments' && key === null && type instanceof Y.Map) {
    return { at: 'comment', thread: above.thread, comment: type };
  }
  if (above.at === 'comment' && key === 'body' && type instanceof Y.Text) return { ...above, at: 'body' };
  return { at: 'nowhere' };
}

const structure = (what: string): DocumentChange => ({ kind: 'structure', what });

/** Registers the change that a new item belongs to. Content that its author already deleted again needs no judging. */
function place(item: Y.Item, doc: Y.Doc, touched: Touched): void {
  if (item.content instanceof Y.ContentDeleted) return;
  const { parentSub: key, content } = item;
  const where = placeOf(item.parent as Y.AbstractType<unknown>, doc);
  const note = (change: DocumentChange) => void touched.others.push(change);
  if (where.at === 'threads') {
    if (key === null || !isSole(item) || !(content instanceof Y.ContentType)) note(structure('threads'));
    else if (content.type instanceof Y.Map && !item.deleted) touched.threads.add(key);
    else note(structure('thread'));
  } else if (where.at === 'thread') {
    if (key === null) return note(structure('thread'));
    if (touched.threads.has(where.thread)) return;
    if (key === 'resolved') note({ kind: 'resolved', thread: where.thread, resolved: soleValue(item) });
    else note(structure(`thread.${key}`));
  } else if (where.at === 'comments') {
    const comment = content instanceof Y.ContentType ? content.type : null;
    if (key !== null || !(comment instanceof Y.Map) || item.deleted) note(structure('comments'));
    else if (!touched.threads.has(where.thread)) touched.added.set(comment, where);
  } else if (where.at === 'comment') {
    if (key === null) return note(structure('comment'));
    if (isAdded(where, touched)) return;
    changeOf(where, touched).keys.add(key);
    if (soleValue(item) === undefined) note(structure(`comment.${key}`));
  } else if (where.at === 'body') {
    if (key !== null || !(content instanceof Y.ContentString)) note(structure('body'));
    else if (!isAdded(where, touched)) changeOf(where, touched).body = true;
  } else if (where.at === 'item' && key === 'tick') {
    note({ kind: 'tick', item: where.item, tick: soleValue(item) });
  } else note(structure(where.at));
}

/** Registers the change that a deleted item belongs to. Skips replaced values: the new value is judged instead. */
function takeAway(item: Y.Item, transaction: Y.Transaction, touched: Touched): void {
  const parent = item.parent as Y.AbstractType<unknown>;
  const where = placeOf(parent, transaction.doc);
  if (where.at === 'body' && item.parentSub === null) {
    changeOf(where, touched).body = true;
    return;
  }
  const replaced = item.parentSub !== null && parent._map.get(item.parentSub);
  if (replaced && !replaced.deleted && isNew(replaced, transaction)) return;
  touched.others.push(structure(`${where.at} taken away`));
}

const isAdded = ({ thread, comment }: { thread: string; comment: YMap }, { threads, added }: Touched) =>
  threads.has(thread) || added.has(comment);

function changeOf({ thread, comment }: { thread: string; comment: YMap }, { comments }: Touched) {
  let change = comments.get(comment);
  if (!change) comments.set(comment, (change = { thread, keys: new Set(), body: false }));
  return change;
}

/** Whether no other item was ever stored under the same key. */
const isSole = ({ left, right }: Y.Item): boolean => left === null && right === null;

/** The single plain value of an item; undefined if it has none or several. */
function soleValue({ content }: Y.Item): unknown {
  return content instanceof Y.ContentAny && content.arr.length === 1 ? content.arr[0] : undefined;
}

/** The values of a map: the body as a string; values of an unexpected type as undefined. */
function valuesOf(map: YMap): Written {
  const values: Record<string, unknown> = Object.create(null);
  for (const [key, item] of map._map) {
    if (item.deleted) continue;
    const body =
      item.content instanceof Y.ContentType && item.content.type instanceof Y.Text ? item.content.type : null;
    values[key] = key === 'body' ? body?.toString() : soleValue(item);
  }
  return values;
}

function openedThread(thread: string, map: YMap): DocumentChange {
  const comments = map.get('comments');
  const written = comments instanceof Y.Array ? comments.toArray() : [];
  const values: Record<string, unknown> = { ...valuesOf(map), ...(comments instanceof Y.Array && { comments: null }) };
  return {
    kind: 'threadOpened',
    thread,
    values,
    comments: written.map((comment) => (comment instanceof Y.Map ? valuesOf(comment as YMap) : {})),
  };
}

function changedComment(comment: YMap, { thread, keys, body }: { thread: string; keys: Set<string>; body: boolean }) {
  const values = valuesOf(comment);
  const written = Object.fromEntries([...keys].map((key) => [key, values[key] ?? null]));
  return {
    kind: 'commentChanged',
    thread,
    comment: String(values['id']),
    by: values['by'],
    body: body ? String(values['body']) : null,
    edited: values['editedAt'] !== undefined,
    values: written,
  } satisfies DocumentChange;
}

/** Returns a function that counts the occurrences of each id in an array of comments. Each array is counted once. */
function timesOfIds() {
  const counted = new Map<Y.Array<unknown>, Map<unknown, number>>();
  return (comments: Y.Array<unknown>): Map<unknown, number> => {
    let times = counted.get(comments);
    if (times) return times;
    counted.set(comments, (times = new Map()));
    // Iterates over the items: `toArray` would build the whole list again for every added comment.
    for (let item = comments._start; item; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
      const idItem = (item.content.type as YMap)._map.get('id');
      const id = idItem && !idItem.deleted ? soleValue(idItem) : undefined;
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    return times;
  };
}
