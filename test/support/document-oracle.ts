/* oxlint-disable no-underscore-dangle -- Yjs gives a type's item and entries no other names. */
import * as Y from 'yjs';
import type { StageKey } from '#shared/contract/stage.ts';
import { defaultModel, stageKeys } from '#shared/domain/operating-model.ts';
import type { Actor } from '#shared/domain/ownership.ts';

/** The state that an update is applied to. */
export interface Occasion {
  state: Uint8Array;
  owners: ReadonlyMap<number, string>;
  by: Actor;
  stage: StageKey;
  now: Date;
}

/** `nothing`: nobody would see a difference, so either decision is right. */
export type Verdict = 'refuse' | 'allow' | 'nothing';

/**
 * Decides about an update independently of the server, for comparison. It applies the update to a copy that keeps
 * deleted content; from the roots down it lists what this person may have written and deleted; any other change refuses
 * the update. The server instead goes from each struct up, behind a check in front of the document.
 */
export function oracle(update: Uint8Array, occasion: Occasion): Verdict {
  const { state, owners, by } = occasion;
  if (update.byteLength > 65_536) return 'refuse';
  try {
    const { structs } = Y.decodeUpdate(update);
    if (structs.length > 2_000 || structs.some((struct) => struct.length < 1)) return 'refuse';
  } catch {
    return 'refuse';
  }
  const doc = new Y.Doc({ gc: false });
  doc.getMap('checklist');
  doc.getMap('threads');
  Y.applyUpdate(doc, state);
  const before = Y.decodeStateVector(Y.encodeStateVector(doc));
  const erased = Y.createDeleteSetFromStructStore(doc.store);
  let verdict: Verdict = 'nothing';
  doc.once('afterTransaction', (transaction: Y.Transaction) => {
    verdict = judge(transaction, before, erased, occasion);
  });
  try {
    Y.applyUpdate(doc, update);
  } catch {
    return 'refuse';
  }
  if (doc.store.pendingStructs || doc.store.pendingDs) return 'refuse';
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const held = before.get(client) ?? 0;
    if (clock > held && (owners.has(client) ? owners.get(client) !== by.id : held > 0)) return 'refuse';
  }
  return verdict;
}

function judge(
  { doc }: Y.Transaction,
  before: ReadonlyMap<number, number>,
  erased: ReturnType<typeof Y.createDeleteSetFromStructStore>,
  occasion: Occasion,
): Verdict {
  const isNew = ({ id }: Y.Item | Y.GC) => id.clock >= (before.get(id.client) ?? 0);
  const { written, canGo } = allowed(doc, isNew, occasion);
  let [came, shows] = [false, false];
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      const item = struct instanceof Y.Item ? struct : null;
      if (isNew(struct)) {
        came = true;
        const gone = item === null || item.content instanceof Y.ContentDeleted;
        shows ||= !gone;
        if (gone ? struct.length > 20_000 : !written.has(item)) return 'refuse';
      } else if (item?.deleted && !Y.isDeleted(erased, item.id)) {
        shows = true;
        if (!canGo.has(item)) return 'refuse';
      }
    }
  }
  for (const [root, type] of doc.share) {
    if (root !== 'checklist' && root !== 'threads' && (type._map.size > 0 || type._start !== null)) return 'refuse';
  }
  if ((came || shows) && occasion.by.duties.every((duty) => duty === 'observer')) return 'refuse';
  return shows ? 'allow' : 'nothing';
}

interface Allowed {
  written: Set<Y.Item>;
  canGo: Set<Y.Item>;
}

/** All that this person may have written, and the existing content that they may have deleted. */
function allowed(doc: Y.Doc, isNew: (item: Y.Item) => boolean, { by, stage, now }: Occasion): Allowed {
  const written = new Set<Y.Item>();
  const canGo = new Set<Y.Item>();
  const isTime = (value: unknown) =>
    typeof value === 'string' &&
    value.length >= 20 &&
    value.endsWith('Z') &&
    /^[\d.:TZ-]+$/.test(value) &&
    Date.parse(value) <= now.getTime() + 60_000;
  const isMark = (value: unknown) => {
    if (value === null) return true;
    if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
    const { by: who, at, ...more } = value as Record<string, unknown>;
    return who === by.id && isTime(at) && Object.keys(more).length === 0;
  };

  /** A key under which this person may write such values. */
  const open = (map: Shape, key: string, fits: (value: unknown) => boolean) => {
    const chain = chainOf(map, key);
    const head = chain.at(-1);
    for (const item of chain) {
      if (isNew(item) && values(item).length === 1 && fits(values(item)[0])) written.add(item);
      if (!isNew(item) && head && isNew(head) && !head.deleted) canGo.add(item);
    }
  };
  /** A new map: exactly these keys, each written once with a matching value. */
  const whole = (map: Y.Map<unknown>, keys: Record<string, (value: unknown) => boolean>, optional: string[]) => {
    const live = [...map._map].filter(([, item]) => !item.deleted).map(([key]) => key);
    const fits = live.every((key) => keys[key]?.(valueUnder(map, key)) ?? false);
    return fits && Object.keys(keys).every((key) => optional.includes(key) || live.includes(key));
  };
  const textOf = (text: Y.Text, item: (part: Y.Item) => void) => {
    for (let part = text._start; part; part = part.right) if (part.content instanceof Y.ContentString) item(part);
  };
  /** A new comment, with all its content. */
  const newComment = (item: Y.Item): boolean => {
    const map = typeOf(item);
    if (item.deleted || !(map instanceof Y.Map)) return false;
    const isBody = (value: unknown) => value instanceof Y.Text && value.length <= 10_000;
    const keys = { id: isId, by: is(by.id), at: isTime, body: isBody, editedAt: isTime, removedAt: isTime };
    if (!whole(map, keys, ['editedAt', 'removedAt'])) return false;
    written.add(item);
    for (const key of map._map.keys()) for (const entry of chainOf(map, key)) if (isNew(entry)) written.add(entry);
    textOf(map.get('body') as Y.Text, (part) => void written.add(part));
    return true;
  };
  const newThread = (item: Y.Item): boolean => {
    const map = typeOf(item);
    if (item.deleted || !(map instanceof Y.Map) || item.left || item.right) return false;
    const isComments = (value: unknown) => value instanceof Y.Array && value.length > 0;
    const keys = { about: isAbout, openedBy: is(by.id), openedAt: isTime, resolved: isMark, comments: isComments };
    if (!whole(map, keys, [])) return false;
    const comments = listOf(map.get('comments') as Y.Array<unknown>).filter(({ deleted }) => !deleted);
    if (hasTwins(comments) || !comments.every(newComment)) return false;
    for (const entry of [item, ...[...map._map.keys()].flatMap((key) => chainOf(map, key))]) written.add(entry);
    return true;
  };
  const oldComment = (map: Y.Map<unknown>): void => {
    if (map.get('by') !== by.id) return;
    open(map, 'editedAt', isTime);
    open(map, 'removedAt', isTime);
    const body = map.get('body') as Y.Text;
    if (!map.has('editedAt') || body.toString().length > 10_000) return;
    textOf(body, (part) => void (isNew(part) ? written : canGo).add(part));
  };

  const checklist = doc.getMap<Y.Map<unknown>>('checklist');
  for (const { id, duty, stage: of } of defaultModel.checklist) {
    const mine = by.duties.includes('lead') || by.duties.includes(duty);
    if (mine && stageKeys.indexOf(stage) <= stageKeys.indexOf(of)) open(checklist.get(id)!, 'tick', isMark);
  }
  const threads = doc.getMap('threads');
  for (const [key, head] of threads._map) {
    if (isNew(head)) {
      if (isId(key)) newThread(head);
      continue;
    }
    const thread = typeOf(head) as Y.Map<unknown>;
    open(thread, 'resolved', isMark);
    const comments = listOf(thread.get('comments') as Y.Array<unknown>).filter(({ deleted }) => !deleted);
    for (const item of comments) {
      if (!isNew(item)) oldComment(typeOf(item) as Y.Map<unknown>);
      else if (!hasTwins(comments, item)) newComment(item);
    }
  }
  return { written, canGo };
}

const is = (wanted: unknown) => (value: unknown) => value === wanted;
const isId = (value: unknown) =>
  typeof value === 'string' && value.length === 36 && /^[\da-f-]+$/.test(value) && value.split('-').length === 5;
const isAbout = (value: unknown) => {
  if (typeof value !== 'string' || value.length > 100) return false;
  const [kind, ...what] = value.split(':');
  const named = what.join(':');
  if (kind === 'exception') return isId(named);
  return kind === 'entry'
    ? named.length > 0 && named.length <= 80 && !/[\n\r\u2028\u2029]/.test(named)
    : value === 'record';
};

/** Whether two comments, or this one and another, have one id. */
function hasTwins(comments: readonly Y.Item[], one?: Y.Item): boolean {
  const idOf = (item: Y.Item) =>
    typeOf(item) instanceof Y.Map ? valueUnder(typeOf(item) as Y.Map<unknown>, 'id') : item;
  if (one) return comments.some((other) => other !== one && idOf(other) === idOf(one));
  return new Set(comments.map(idOf)).size < comments.length;
}

/** The internal parts of every Yjs type. */
type Shape = Pick<Y.AbstractType<unknown>, '_map' | '_start'>;

/** All values ever stored under a key, the newest last. */
function chainOf(map: Shape, key: string): Y.Item[] {
  const chain: Y.Item[] = [];
  for (let item = map._map.get(key) ?? null; item; item = item.left) chain.unshift(item);
  return chain;
}

function listOf(array: Shape): Y.Item[] {
  const items: Y.Item[] = [];
  for (let item = array._start; item; item = item.right) items.push(item);
  return items;
}

const values = ({ content }: Y.Item): unknown[] => (content instanceof Y.ContentAny ? content.arr : []);
const typeOf = ({ content }: Y.Item): unknown => (content instanceof Y.ContentType ? content.type : null);
/** The present value of a key: a type or one plain value. */
function valueUnder(map: Y.Map<unknown>, key: string): unknown {
  const item = map._map.get(key)!;
  return typeOf(item) ?? (values(item).length === 1 ? values(item)[0] : undefined);
}
