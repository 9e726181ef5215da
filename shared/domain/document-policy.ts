import type { Finding } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { documentLimits } from '#shared/contract/document.ts';
import { defaultModel, stageKeys, type OperatingModel } from './operating-model.ts';
import { permissionDenial, type Actor } from './ownership.ts';

/** Unvalidated values of a map, as a client wrote them. */
export type Written = Readonly<Record<string, unknown>>;

/** One change that an update makes to a record's document, in terms of the document rather than of Yjs. */
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
  /** Anything else; `what` describes it for the log. */
  | { kind: 'structure'; what: string };

/** The state of the record when the update is stored. */
interface Standing {
  stage: StageKey;
}

/**
 * Checks whether this person may make exactly these changes now. Returns null if they may; otherwise a finding for the
 * first violated rule (D01 to D11 in SPEC.md). `by`: the person's current permissions in the scope.
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

/** A mark is null or `{by, at}` under the person's own id. */
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

/** An ISO moment that is not in the future, with a tolerance for differences between clocks. */
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

/** Whether the map has all of these keys and no others except the optional ones. */
function keysAre(values: Written, keys: readonly string[], optional: readonly string[] = []): boolean {
  return (
    keys.every((key) => Object.hasOwn(values, key)) &&
    Object.keys(values).every((key) => keys.includes(key) || optional.includes(key))
  );
}

/** The id format that pages use for threads and comments. Any other text would reach the database as a key. */
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

/** D07 for the whole document: it would exceed a limit. */
export const documentFull: Finding = finding('D07', 'document.full');
/** D08 for an update that is malformed or depends on changes that nobody has. */
export const notAnUpdate: Finding = finding('D08', 'document.malformed');
/** D09. New content under a Yjs client id that belongs to somebody else. */
export const foreignClient: Finding = finding('D09', 'document.foreignClient');
/** D10. A move that depends on changes of the document that are not stored. */
export const notCommitted: Finding = finding('D10', 'document.notCommitted');
