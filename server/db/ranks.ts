import { and, asc, desc, eq, gt, inArray, lte, ne, sql, type SQL } from 'drizzle-orm';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Db, Tx } from './driver/client.ts';
import { tooLong } from './rank-keys.ts';
import type { RecordRow } from './records.ts';
import { records } from './schema.ts';
import { statement } from './driver/statement.ts';

/** One column of a board. */
export interface ColumnOf {
  scope: string;
  stage: StageKey;
}

/** A card's place in its column. */
export interface Ranked {
  id: string;
  rank: string;
}

/** The cards above and below a place; null: an end of the column. */
export interface Gap {
  above: Ranked | null;
  below: Ranked | null;
}

/**
 * Finds the place for a card: below `after`, at the top for null, at the end for undefined or if `after` is not in the
 * column. Prevents others from renumbering the column until the transaction ends.
 */
export async function gapInColumn(
  tx: Tx,
  column: ColumnOf,
  card: string,
  after: string | null | undefined,
): Promise<Gap> {
  for (;;) {
    const place = { ...column, card };
    const [first] = after === null ? await topCard(tx, place) : after ? await cardNamed(tx, { ...place, after }) : [];
    const [anchor] = first || after === null ? [first] : await lastCard(tx, place);
    if (anchor && !anchor.free) {
      // The column is being renumbered, so the rank that was read may be stale. Wait and read again.
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(sql`${column.scope}`, sql`${column.stage}`)})`);
      continue;
    }
    if (!anchor) return { above: null, below: null };
    if (after === null) return { above: null, below: anchor };
    const [below] = first ? await cardBelow(tx, { ...place, rank: anchor.rank, id: anchor.id }) : [];
    return { above: anchor, below: below ?? null };
  }
}

/** The place of a key in a column. */
export async function gapAt(tx: Tx, { scope, stage }: ColumnOf, card: string, rank: string): Promise<Gap> {
  const others = and(eq(records.scopeId, scope), eq(records.stage, stage), ne(records.id, card));
  const one = (side: SQL, ...order: SQL[]) =>
    tx
      .select(ranked)
      .from(records)
      .where(and(others, side))
      .orderBy(...order)
      .limit(1);
  const [above] = await one(lte(records.rank, rank), desc(records.rank), desc(records.id));
  const [below] = await one(gt(records.rank, rank), asc(records.rank), asc(records.id));
  return { above: above ?? null, below: below ?? null };
}

const lockOf = (scope: SQL, stage: SQL) => sql`hashtextextended(${scope}::text || ' ' || ${stage}::text, 0)`;

const ranked = { id: records.id, rank: records.rank };
const anchored = {
  ...ranked,
  free: sql<boolean>`pg_try_advisory_xact_lock_shared(${lockOf(sql`${records.scopeId}`, sql`${records.stage}`)})`,
};
const others = and(
  eq(records.scopeId, sql.placeholder('scope')),
  eq(records.stage, sql.placeholder('stage')),
  ne(records.id, sql.placeholder('card')),
);

const topCard = statement((db) =>
  db.select(anchored).from(records).where(others).orderBy(asc(records.rank), asc(records.id)).limit(1),
);
const lastCard = statement((db) =>
  db.select(anchored).from(records).where(others).orderBy(desc(records.rank), desc(records.id)).limit(1),
);
const cardNamed = statement((db) =>
  db
    .select(anchored)
    .from(records)
    .where(and(others, eq(records.id, sql.placeholder('after')))),
);
const cardBelow = statement((db) =>
  db
    .select(ranked)
    .from(records)
    .where(
      and(others, sql`(${records.rank}, ${records.id}) > (${sql.placeholder('rank')}, ${sql.placeholder('id')}::uuid)`),
    )
    .orderBy(asc(records.rank), asc(records.id))
    .limit(1),
);

/**
 * Prevents others from placing or renumbering cards in a column until the transaction ends. With `wait`, waits for
 * transactions that currently do so; without it, returns false if there are any.
 */
export async function lockColumn(tx: Tx, { scope, stage }: ColumnOf, wait: boolean): Promise<boolean> {
  const lock = lockOf(sql`${scope}`, sql`${stage}`);
  if (wait) {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
    return true;
  }
  const [row] = await tx
    .select({ locked: sql<boolean>`pg_try_advisory_xact_lock(${lock})` })
    .from(sql`(select 1) as one`);
  return row!.locked;
}

/** Up to `count` cards on each side of a place, in order, and whether they reach the ends of the column. */
export async function cardsAround(
  tx: Tx,
  { scope, stage }: ColumnOf,
  card: string,
  { above, below }: Gap,
  count: number,
) {
  const condition = and(eq(records.scopeId, scope), eq(records.stage, stage), ne(records.id, card));
  const side = (from: Ranked, direction: 'up' | 'down') => {
    const order = direction === 'up' ? desc : asc;
    const compare = direction === 'up' ? sql`<=` : sql`>=`;
    return tx
      .select(ranked)
      .from(records)
      .where(and(condition, sql`(${records.rank}, ${records.id}) ${compare} (${from.rank}, ${from.id}::uuid)`))
      .orderBy(order(records.rank), order(records.id))
      .limit(count);
  };
  const up = above ? await side(above, 'up') : [];
  const down = below ? await side(below, 'down') : [];
  return {
    cards: [...up.toReversed(), ...down],
    at: up.length,
    ends: { top: up.length < count, bottom: down.length < count },
  };
}

/** The last `count` cards above `below`, in order, and the card above them. `below` null: the end of the column. */
export async function cardsBefore(tx: Tx, { scope, stage }: ColumnOf, below: Ranked | null, count: number) {
  const cards = await tx
    .select(ranked)
    .from(records)
    .where(
      and(
        eq(records.scopeId, scope),
        eq(records.stage, stage),
        below ? sql`(${records.rank}, ${records.id}) < (${below.rank}, ${below.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(records.rank), desc(records.id))
    .limit(count + 1);
  return { cards: cards.slice(0, count).toReversed(), above: cards[count] ?? null };
}

/**
 * Gives cards new keys and returns their rows. Writes nothing and returns null if another transaction has locked one of
 * the cards, or if its rank has changed.
 */
export async function renumber(tx: Tx, cards: readonly Ranked[], keys: readonly string[]): Promise<RecordRow[] | null> {
  if (cards.length === 0) return [];
  const locked = await tx
    .select(ranked)
    .from(records)
    .where(
      inArray(
        records.id,
        cards.map(({ id }) => id),
      ),
    )
    .orderBy(asc(records.id))
    .for('update', { skipLocked: true });
  const now = new Map(locked.map(({ id, rank }) => [id, rank]));
  if (cards.some(({ id, rank }) => now.get(id) !== rank)) return null;
  const fresh = cards.map(({ id }, index) => ({ id, rank: keys[index]! }));
  const rows = (await written(tx, { rows: JSON.stringify(fresh) })) as RecordRow[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return cards.map(({ id }) => byId.get(id)!);
}

const written = statement((db) =>
  db
    .update(records)
    .set({ rank: sql`new.rank`, version: sql`${records.version} + 1` })
    .from(sql`jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb) as new(id uuid, rank text)`)
    .where(eq(records.id, sql`new.id`))
    .returning(),
);

/** Returns a column with a key that is too long, or null. Uses a partial index that is normally empty. */
export async function columnWithLongKeys(db: Db): Promise<ColumnOf | null> {
  const [row] = await db
    .select({ scope: records.scopeId, stage: records.stage })
    .from(records)
    .where(sql`length(${records.rank}) > ${sql.raw(String(tooLong))}`)
    .limit(1);
  return row ?? null;
}
