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

/** What one person changed. */
export interface DocumentPart {
  person: Person;
  /** One Yjs update, as the document itself emitted it. */
  update: Uint8Array;
  changes: readonly DocumentChange[];
  /** Yjs client ids nobody used before it. */
  claims: readonly number[];
  /** What gates and cards read of the document after it; null: the same as before. */
  projection: DocumentProjection | null;
}

/** Parts that follow one another in one document, already applied to a copy of it that holds all up to `base`. */
export interface DocumentSave {
  record: string;
  base: number;
  parts: readonly DocumentPart[];
}

/**
 * What became of a save. `saved`: all of its parts. `refused`: none, for the part named by its index; without a finding
 * the person does not see the record at all. `behind`: somebody else stored something after `base`. `busy`: somebody
 * holds the record.
 */
export type DocumentSaved =
  | { state: 'saved'; last: number }
  | { state: 'refused'; part: number; finding: Finding | null }
  | { state: 'behind' | 'busy' };

interface Input {
  saves: readonly DocumentSave[];
  /** Whether to wait for what somebody else holds. */
  wait: boolean;
}

/**
 * Judges what people changed in documents and stores it: with each update, in the same transaction, what gates and cards
 * read of it, the event where that changed, and what people who were mentioned are told. Each save is taken or refused
 * by itself. Answers in the order of the saves. Mere typing leaves no event.
 */
export const saveDocuments = command(
  'save-documents',
  async (ctx, { saves, wait }: Input): Promise<DocumentSaved[]> => {
    const seen = saves.filter(({ parts }) => parts.some(({ projection }) => projection !== null));
    const ids = saves.map(({ record }) => record);
    // One after the other on one connection, without a pause between: the records are held before their documents.
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

/** Judges the records whose document now says something else to the gates, all with one reading of their facts. */
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

/** What happened to which thread, without its words: those stay in the document. */
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

/** A comment names a person once: said again, or left standing in an edit, it is the same occasion. */
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

/** The comments whose words are new in a change that was allowed. */
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
