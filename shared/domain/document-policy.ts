import type { Finding } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { documentLimits } from '#shared/contract/document.ts';
import { defaultModel, stageKeys, type OperatingModel } from './operating-model.ts';
import { permissionDenial, type Actor } from './ownership.ts';

/** Values under the keys of a map, as somebody wrote them: nothing about them is taken for granted. */
export type Written = Readonly<Record<string, unknown>>;

/** What one update changed in a record's document, in the words of the document rather than of Yjs. */
export type DocumentChange =
  | { kind: 'tick'; item: string; tick: unknown }
  | { kind: 'threadOpened'; thread: string; values: Written; comments: readonly Written[] }
  | { kind: 'commentAdded'; thread: string; values: Written; idTaken: boolean }
  | {
      kind: 'commentChanged';
      thread: string;
      comment: string;
      by: unknown;
      body: string | null;
      edited: boolean;
      values: Written;
    }
  | { kind: 'resolved'; thread: string; resolved: unknown }
  /** Anything else, named for the log. */
  | { kind: 'structure'; what: string };

/** The record as it is when the update is stored. */
interface Standing {
  stage: StageKey;
}

/**
 * Whether this person may make exactly these changes now. Null: they may; otherwise the first rule that is against it
 * (of D01 to D11 in SPEC.md). `by`: what the person is in the scope at this moment.
 */
export function judgeChanges(
  changes: readonly DocumentChange[],
  by: Actor,
  record: Standing,
  now: Date,
  model: OperatingModel = defaultModel,
): Finding | null {
  if (permissionDenial('discuss', by)) return readOnly;
  const time: Time = (value) => judgeTime(value, now);
  for (const change of changes) {
    const denial = judgeChange(change, by, record, time, model);
    if (denial) return denial;
  }
  return null;
}

type Time = (value: unknown) => Finding | null;

function judgeChange(change: DocumentChange, by: Actor, record: Standing, time: Time, model: OperatingModel) {
  switch (change.kind) {
    case 'tick':
      return judgeTick(change, by, record, time, model);
    case 'threadOpened': {
      const { values, comments } = change;
      if (!isId(change.thread) || !keysAre(values, threadKeys) || !isAbout(values['about'])) return structure;
      if (comments.length === 0 || new Set(comments.map(({ id }) => id)).size < comments.length) return structure;
      if (values['openedBy'] !== by.id) return author;
      return (
        time(values['openedAt']) ??
        judgeMark(values['resolved'], by, time) ??
        first(comments, (comment) => judgeComment(comment, by, time))
      );
    }
    case 'commentAdded':
      return change.idTaken ? structure : judgeComment(change.values, by, time);
    case 'commentChanged': {
      const { values, body, edited } = change;
      if (!keysAre(values, [], changeableKeys)) return structure;
      if (change.by !== by.id) return another;
      if (body !== null && body.length > documentLimits.commentCharacters) return tooLong;
      if (body !== null && !edited) return unmarked;
      return first(Object.values(values), time);
    }
    case 'resolved':
      return judgeMark(change.resolved, by, time);
    case 'structure':
      return structure;
  }
}

function judgeTick(
  { item, tick }: Extract<DocumentChange, { kind: 'tick' }>,
  by: Actor,
  record: Standing,
  time: Time,
  model: OperatingModel,
): Finding | null {
  const named = model.checklist.find(({ id }) => id === item);
  if (!named) return structure;
  if (!by.duties.includes('lead') && !by.duties.includes(named.duty)) return duty;
  if (stageKeys.indexOf(record.stage) > stageKeys.indexOf(named.stage)) return passed;
  return judgeMark(tick, by, time);
}

/** `{by, at}` under one's own name, or nothing. */
function judgeMark(value: unknown, by: Actor, time: Time): Finding | null {
  if (value === null) return null;
  if (!isPlain(value) || !keysAre(value, markKeys)) return structure;
  return value['by'] === by.id ? time(value['at']) : author;
}

function judgeComment(values: Written, by: Actor, time: Time): Finding | null {
  if (!keysAre(values, commentKeys, changeableKeys)) return structure;
  const { id, body } = values;
  if (!isId(id) || typeof body !== 'string') return structure;
  if (values['by'] !== by.id) return author;
  if (body.length > documentLimits.commentCharacters) return tooLong;
  const moments = ['at', ...changeableKeys].filter((key) => Object.hasOwn(values, key));
  return first(moments, (key) => time(values[key]));
}

/** An ISO moment that is not later than now, but for the little that clocks differ. */
function judgeTime(value: unknown, now: Date): Finding | null {
  if (typeof value !== 'string' || !isoMoment.test(value)) return structure;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return structure;
  return at > now.getTime() + documentLimits.futureMs ? future : null;
}

const isoMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const threadKeys = ['about', 'openedBy', 'openedAt', 'resolved', 'comments'];
const commentKeys = ['id', 'by', 'at', 'body'];
const changeableKeys = ['editedAt', 'removedAt'];
const markKeys = ['by', 'at'];

/** Exactly these keys, with any of the optional ones. */
function keysAre(values: Written, keys: readonly string[], optional: readonly string[] = []): boolean {
  return (
    keys.every((key) => Object.hasOwn(values, key)) &&
    Object.keys(values).every((key) => keys.includes(key) || optional.includes(key))
  );
}

/** What pages number threads and comments with; other texts would reach the database as keys. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

const isAbout = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length <= 100 &&
  (value === 'record' ||
    /^entry:.{1,80}$/.test(value) ||
    (value.startsWith('exception:') && isId(value.slice('exception:'.length))));

const isPlain = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function first<T>(values: readonly T[], judge: (value: T) => Finding | null): Finding | null {
  for (const value of values) {
    const denial = judge(value);
    if (denial) return denial;
  }
  return null;
}

const finding = (rule: string, key: string): Finding => ({
  rule,
  key,
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
});

const duty = finding('D01', 'document.tickDuty');
const passed = finding('D02', 'document.tickPassed');
const author = finding('D03', 'document.author');
const another = finding('D04', 'document.another');
const future = finding('D05', 'document.future');
const unmarked = finding('D06', 'document.unmarked');
const tooLong = finding('D07', 'document.tooLong');
const structure = finding('D08', 'document.structure');

const readOnly = finding('D11', 'document.readOnly');

/** D07, of the document as a whole: it would hold more than it may. */
export const documentFull: Finding = finding('D07', 'document.full');
/** D08, of an update that is none, or rests on what nobody has. */
export const notAnUpdate: Finding = finding('D08', 'document.malformed');
/** D09. New content under a Yjs client id that is somebody else's. */
export const foreignClient: Finding = finding('D09', 'document.foreignClient');
/** D10. A move that rests on changes of the document which are not stored. */
export const notCommitted: Finding = finding('D10', 'document.notCommitted');
