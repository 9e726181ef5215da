import { and, asc, eq, isNull, ne, sql, type SQL } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { Board, CardFilter, Column } from '#shared/contract/record.ts';
import type { CountKey } from '#shared/contract/event.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db, Tx } from '#server/db/driver/client.ts';
import { hasWords } from '#server/db/folded-text.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { records, trails } from '#server/db/schema.ts';
import { statement } from '#server/db/driver/statement.ts';

type Filter = z.infer<typeof CardFilter>;
export type Counts = Partial<Record<CountKey, number>>;

export const window = 20;
/** A filtered column is counted up to this limit: "1000+" is precise enough, and the scan stays bounded. */
export const countLimit = 1000;

/** Every column with its count and its first cards. Throws NotFound. */
export async function board(db: Db, personId: string, scopeId: string, filter: Filter): Promise<Board> {
  const [access, [head]] = await Promise.all([accessToScope(db, personId, scopeId), headOf(db, { scopeId })]);
  if (!access) throw new NotFound('scope');
  // The sequence number is read before the cards: a change in between also arrives as an event, which then changes
  // nothing.
  const { lastSeq, counts } = head!;
  const columns =
    conditions(filter, personId).length === 0
      ? await firstWindows(db, scopeId, counts)
      : await filteredWindows(db, scopeId, conditions(filter, personId), counts);
  return { scope: scopeId, seq: lastSeq, columns };
}

const headOf = statement((db) =>
  db
    .select()
    .from(trails)
    .where(eq(trails.id, sql.placeholder('scopeId'))),
);

async function firstWindows(db: Db, scopeId: string, counts: Counts): Promise<Column[]> {
  const rows = Object.groupBy(await firstRows(db, { scopeId }), ({ stage }) => stage);
  return stageKeys.map((stage) => columnOf(stage, rows[stage] ?? [], counts[stage] ?? 0, counts));
}

const firstRows = statement((db) => {
  const [first, second, ...rest] = stageKeys.map((stage) =>
    db
      .select()
      .from(records)
      .where(and(eq(records.scopeId, sql.placeholder('scopeId')), eq(records.stage, stage)))
      .orderBy(asc(records.rank), asc(records.id))
      .limit(window + 1),
  );
  return unionAll(first!, second!, ...rest).orderBy(asc(records.rank), asc(records.id));
});

/** Two queries, regardless of the filter: one query per column would use every connection of the pool. */
async function filteredWindows(db: Db, scopeId: string, wanted: SQL[], counts: Counts): Promise<Column[]> {
  const condition = (stage: StageKey) => and(eq(records.scopeId, scopeId), eq(records.stage, stage), ...wanted)!;
  const [first, second, ...rest] = stageKeys.map((stage) =>
    db
      .select()
      .from(records)
      .where(condition(stage))
      .orderBy(asc(records.rank), asc(records.id))
      .limit(window + 1),
  );
  const [one, other, ...others] = stageKeys.map((stage) => {
    const some = db
      .select({ one: sql`1` })
      .from(records)
      .where(condition(stage))
      .limit(countLimit)
      .as('some');
    return db.select({ stage: sql<StageKey>`${stage}`, count: sql<number>`count(*)::int` }).from(some);
  });
  const [rows, counted] = await Promise.all([
    unionAll(first!, second!, ...rest).orderBy(asc(records.rank), asc(records.id)),
    unionAll(one!, other!, ...others),
  ]);
  const byStage = Object.groupBy(rows, ({ stage }) => stage);
  const countOf = new Map(counted.map(({ stage, count }) => [stage, count]));
  return stageKeys.map((stage) => columnOf(stage, byStage[stage] ?? [], countOf.get(stage) ?? 0, counts));
}

/** The window of one column that follows `after`. Throws NotFound. */
export async function column(
  db: Db,
  personId: string,
  scopeId: string,
  stage: StageKey,
  filter: Filter,
  after: string | undefined,
): Promise<Column> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  const [head] = await db.select({ counts: trails.counts }).from(trails).where(eq(trails.id, scopeId));
  return readColumn(db, personId, scopeId, stage, filter, after, head!.counts);
}

async function readColumn(
  db: Db,
  personId: string,
  scopeId: string,
  stage: StageKey,
  filter: Filter,
  after: string | undefined,
  counts: Counts,
): Promise<Column> {
  const wanted = conditions(filter, personId);
  const condition = and(eq(records.scopeId, scopeId), eq(records.stage, stage), ...wanted);
  const [rows, count] = await Promise.all([
    db
      .select()
      .from(records)
      .where(and(condition, after ? beyond(after) : undefined))
      .orderBy(asc(records.rank), asc(records.id))
      .limit(window + 1),
    wanted.length === 0 ? (counts[stage] ?? 0) : countUpTo(db, condition!),
  ]);
  return columnOf(stage, rows, count, counts);
}

/** `rows`: one more than the window if there are more. */
function columnOf(stage: StageKey, rows: RecordRow[], count: number, counts: Counts): Column {
  const cards = rows.slice(0, window).map(cardOf);
  const last = cards.at(-1);
  return {
    stage,
    count,
    waived: counts[`${stage}.waived`] ?? 0,
    cards,
    next: rows.length > window ? `${last!.rank} ${last!.id}` : null,
  };
}

/** Blocked by an exception, or past a gate that is closed now; the condition of the index `records_blocked`. */
const stuck = sql`(${records.openExceptions} > 0 or ${records.fallen})`;

/** The SQL conditions of a filter; empty if it excludes nothing. */
export function conditions({ owner, mine, unowned, blocked, text }: Filter, personId: string): SQL[] {
  const wanted: SQL[] = [];
  if (owner) wanted.push(eq(records.actionOwnerId, owner));
  if (mine) wanted.push(eq(records.actionOwnerId, personId));
  if (unowned) wanted.push(isNull(records.actionOwnerId), ne(records.stage, 'archive'));
  if (blocked) wanted.push(stuck);
  const textCondition = hasText(text ?? '');
  if (textCondition) wanted.push(textCondition);
  return wanted;
}

/**
 * Rows whose VIN, reference or type contains every word of a text, by the index `records_search`. Undefined if the text
 * has no words.
 */
export const hasText = (text: string): SQL | undefined => hasWords(records.search, text);

/** Rows after the card with this window key. */
export function beyond(key: string): SQL {
  const [rank, id] = key.split(' ');
  return sql`(${records.rank}, ${records.id}) > (${rank}, ${id}::uuid)`;
}

export async function countUpTo(db: Db | Tx, condition: SQL): Promise<number> {
  const some = db
    .select({ one: sql`1` })
    .from(records)
    .where(condition)
    .limit(countLimit)
    .as('some');
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some);
  return row!.count;
}
