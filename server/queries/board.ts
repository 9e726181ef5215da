import { and, asc, eq, gt, ilike, sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Board, CardFilter, Column } from '#shared/contract/record.ts';
import type { CountKey } from '#shared/contract/event.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/client.ts';
import { cardOf } from '#server/db/records.ts';
import { records, trails } from '#server/db/schema.ts';

type Filter = z.infer<typeof CardFilter>;

const window = 20;
/** A filtered column is counted up to here; "1000+" tells as much as an exact number and costs a bounded scan. */
const countLimit = 1000;

/** Every column with its count and its first cards. Throws NotFound. */
export async function board(db: Db, personId: string, scopeId: string, filter: Filter): Promise<Board> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  // The number is read before the cards: what happens in between comes again as an event, and changes nothing twice.
  const [head] = await db.select().from(trails).where(eq(trails.id, scopeId));
  const columns = await Promise.all(
    stageKeys.map((stage) => readColumn(db, personId, scopeId, stage, filter, undefined, head!.counts)),
  );
  return { scope: scopeId, seq: head!.lastSeq, columns };
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
  counts: Partial<Record<CountKey, number>>,
): Promise<Column> {
  const wanted = conditions(filter, personId);
  const here = and(eq(records.scopeId, scopeId), eq(records.stage, stage), ...wanted);
  const [rows, count] = await Promise.all([
    db
      .select()
      .from(records)
      .where(and(here, after ? beyond(after) : undefined))
      .orderBy(asc(records.rank), asc(records.id))
      .limit(window + 1),
    wanted.length === 0 ? (counts[stage] ?? 0) : countUpTo(db, here!),
  ]);
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

function conditions({ owner, mine, blocked, text }: Filter, personId: string): SQL[] {
  const wanted: SQL[] = [];
  if (owner) wanted.push(eq(records.actionOwnerId, owner));
  if (mine) wanted.push(eq(records.actionOwnerId, personId));
  if (blocked) wanted.push(gt(records.openExceptions, 0));
  if (text?.trim())
    wanted.push(
      ilike(
        records.search,
        `%${text
          .trim()
          .toLowerCase()
          .replaceAll(/[\\%_]/g, '\\$&')}%`,
      ),
    );
  return wanted;
}

function beyond(key: string): SQL {
  const [rank, id] = key.split(' ');
  return sql`(${records.rank}, ${records.id}) > (${rank}, ${id}::uuid)`;
}

async function countUpTo(db: Db, here: SQL): Promise<number> {
  const some = db
    .select({ one: sql`1` })
    .from(records)
    .where(here)
    .limit(countLimit)
    .as('some');
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some);
  return row!.count;
}
