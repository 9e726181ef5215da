import { isDeepStrictEqual } from 'node:util';
import type { EventBody } from '#shared/contract/event.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';
import { mentionsIn } from '#shared/domain/comment-text.ts';
import { judgeChanges, type DocumentChange } from '#shared/domain/document-policy.ts';
import { ticksChanged, type DocumentProjection } from '#shared/domain/record-document.ts';
import { actorsOn, appendUpdates, lockDocuments, type LockedDocument, type NewUpdate } from '#server/db/documents.ts';
import { cardOf, lockRecords, type RecordRow } from '#server/db/records.ts';
import { command, type CommandContext } from '../command.ts';
import { saveAndJudgeMany } from '../judging/save-records.ts';

/** The changes of one person. */
export interface DocumentPart {
  person: Person;
  /** One Yjs update, as emitted by the document. */
  update: Uint8Array;
  changes: readonly DocumentChange[];
  /** Yjs client ids that nobody used before this update. */
  claims: readonly number[];
  /** The values that gates and cards read from the document after this update; null: unchanged. */
  projection: DocumentProjection | null;
}

/** Consecutive parts of one document, already applied to a copy that contains everything up to `base`. */
export interface DocumentSave {
  record: string;
  base: number;
  parts: readonly DocumentPart[];
}

/**
 * The result of a save. `saved`: all of its parts were stored. `refused`: none was stored; `part` is the index of the
 * refused part, and without a finding the person cannot see the record at all. `behind`: somebody else stored an update
 * after `base`. `busy`: somebody else has locked the record.
 */
export type DocumentSaved =
  | { state: 'saved'; last: number }
  | { state: 'refused'; part: number; finding: Finding | null }
  | { state: 'behind' | 'busy' };

interface Input {
  saves: readonly DocumentSave[];
  /** Whether to wait for rows that somebody else has locked. */
  wait: boolean;
}

/**
 * Judges changes to documents and stores them. One transaction stores each update with the values that gates and cards
 * read, an event if those changed, and the notifications of mentioned people. Each save is accepted or refused on its
 * own. Returns the results in the order of the saves. Typing alone records no event.
 */
export const saveDocuments = command(
  'save-documents',
  async (ctx, { saves, wait }: Input): Promise<DocumentSaved[]> => {
    const seen = saves.filter(({ parts }) => parts.some(({ projection }) => projection !== null));
    const ids = saves.map(({ record }) => record);
    // Pipelined on one connection, without a pause in between: records are locked before their documents.
    const [locked, held, actors] = await Promise.all([
      lockRecords(
        ctx.tx,
        seen.map(({ record }) => record),
        wait,
      ),
      lockDocuments(ctx.tx, ids, wait),
      actorsOn(
        ctx.tx,
        saves.flatMap(({ record, parts }) => parts.map(({ person }) => ({ record, person: person.id }))),
      ),
    ]);
    const rows = new Map(locked.map((row) => [row.id, row]));
    const documents = new Map(held.map((document) => [document.record, document]));

    const answers = saves.map((save): DocumentSaved => {
      const document = documents.get(save.record);
      const row = rows.get(save.record);
      if (!document || (!row && seen.includes(save))) return { state: 'busy' };
      if (document.last !== save.base) return { state: 'behind' };
      for (const [part, { person, changes }] of save.parts.entries()) {
        const actor = actors.get(`${save.record} ${person.id}`);
        const finding = actor ? judgeChanges(changes, actor, row ?? document, ctx.now) : null;
        if (!actor || finding) return { state: 'refused', part, finding };
      }
      return { state: 'saved', last: save.base + save.parts.length };
    });

    const taken = saves.filter((_, index) => answers[index]!.state === 'saved');
    await Promise.all([
      appendUpdates(
        ctx.tx,
        taken.flatMap((save) => updatesOf(save, ctx.now)),
        taken.flatMap(claimsOf),
      ),
      settle(ctx, taken, rows),
    ]);
    for (const save of taken) notifyMentioned(ctx, save, documents.get(save.record)!);
    return answers;
  },
);

const updatesOf = ({ record, base, parts }: DocumentSave, at: Date): NewUpdate[] =>
  parts.map(({ update, person }, index) => ({
    recordId: record,
    number: base + index + 1,
    update,
    personId: person.id,
    at,
  }));

const claimsOf = ({ record, parts }: DocumentSave) =>
  parts.flatMap(({ person, claims }) => claims.map((client) => ({ recordId: record, client, personId: person.id })));

/** Judges the records whose document now gives the gates other values, with a single read of their facts. */
async function settle(
  ctx: CommandContext,
  saves: readonly DocumentSave[],
  rows: ReadonlyMap<string, RecordRow>,
): Promise<void> {
  const changed = saves.flatMap(({ record, parts }) => {
    const row = rows.get(record);
    const projection = parts.findLast((part) => part.projection !== null)?.projection;
    return row && projection && !isDeepStrictEqual(projectionOf(row), projection) ? { row, projection, parts } : [];
  });
  const settled = await saveAndJudgeMany(ctx.tx, changed, ctx.now);
  for (const [index, { row, parts }] of changed.entries()) {
    let before = projectionOf(row);
    for (const { person, changes, projection: after } of parts) {
      if (!after || isDeepStrictEqual(before, after)) continue;
      ctx.record({
        trail: row.scopeId,
        kind: 'document.changed',
        actor: person,
        record: { id: row.id, reference: row.reference },
        body: {
          before: summaryOf(before),
          after: summaryOf(after),
          ...ticksChanged(before, after),
          threads: threadsIn(changes),
        },
        card: cardOf(settled[index]!),
      });
      before = after;
    }
  }
}

type ThreadChange = NonNullable<EventBody<'document.changed'>['threads']>[number];

/** The changes per thread without their text: the text stays in the document. */
function threadsIn(changes: readonly DocumentChange[]) {
  return changes.flatMap((change): ThreadChange[] => {
    switch (change.kind) {
      case 'threadOpened':
        return [{ thread: change.thread, what: 'opened', about: String(change.values['about'] ?? '') }];
      case 'commentAdded':
        return [{ thread: change.thread, what: 'answered' }];
      case 'commentChanged':
        return [{ thread: change.thread, what: change.body === null ? 'removed' : 'edited' }];
      case 'resolved':
        return [{ thread: change.thread, what: change.resolved === null ? 'reopened' : 'resolved' }];
      default:
        return [];
    }
  });
}

const projectionOf = ({ checklist, comments, unresolvedThreads }: RecordRow): DocumentProjection => ({
  checklist,
  comments,
  unresolvedThreads,
});

function summaryOf({ checklist, comments, unresolvedThreads }: DocumentProjection) {
  const tallies = Object.values(checklist);
  return {
    done: tallies.reduce((sum, { done }) => sum + done, 0),
    total: tallies.reduce((sum, { total }) => sum + total, 0),
    count: comments,
    unresolved: unresolvedThreads,
  };
}

/**
 * Notifies mentioned people. A comment mentions a person once: repeating the name, or keeping it in an edit, is the
 * same occasion.
 */
function notifyMentioned(ctx: CommandContext, { record, parts }: DocumentSave, { scope }: LockedDocument): void {
  for (const { person, changes } of parts) {
    for (const { thread, comment, body } of changes.flatMap(written)) {
      const people = mentionsIn(body).filter((id) => id !== person.id);
      if (people.length === 0) continue;
      ctx.notify({
        people,
        kind: 'comment.mentioned',
        scope,
        record,
        params: { by: person.name, thread },
        occasion: `mentioned ${comment}`,
      });
    }
  }
}

/** The comments whose text is new in an allowed change. */
function written(change: DocumentChange): { thread: string; comment: string; body: string }[] {
  if (change.kind === 'commentChanged') {
    return change.body === null ? [] : [{ thread: change.thread, comment: change.comment, body: change.body }];
  }
  const comments =
    change.kind === 'threadOpened' ? change.comments : change.kind === 'commentAdded' ? [change.values] : [];
  return comments.map(({ id, body }) => ({
    thread: (change as { thread: string }).thread,
    comment: String(id),
    body: String(body),
  }));
}
