import { and, count, eq } from 'drizzle-orm';
import { numbersAbove } from '#server/db/rank-keys.ts';
import { cardsBefore, lockColumn, renumber, type ColumnOf, type Ranked } from '#server/db/ranks.ts';
import { records } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { recordRenumbered } from './rank.ts';

/** Cards in one transaction; nobody places a card in the column meanwhile. */
const batch = 128;

interface Input extends ColumnOf {
  /** The first card that already has its new key; null: none has. */
  below: Ranked | null;
}

/** `busy`: somebody holds one of the cards; try again. `below`: where to go on; null: the column is done. */
type Answer = { busy: boolean; below: Ranked | null };

/**
 * Gives the next cards of a column, from its end upwards, whole numbers as keys. The order stays as it is, and holds after
 * every batch; it may stop after any of them.
 */
export const renumberColumn = command('renumber-column', async (ctx, { below, ...column }: Input): Promise<Answer> => {
  await lockColumn(ctx.tx, column, true);
  const { cards, above } = await cardsBefore(ctx.tx, column, below, batch);
  if (cards.length === 0) return { busy: false, below: null };
  const [all] =
    below === null
      ? await ctx.tx
          .select({ count: count() })
          .from(records)
          .where(and(eq(records.scopeId, column.scope), eq(records.stage, column.stage)))
      : [];
  const keys = numbersAbove(
    below?.rank ?? null,
    above?.rank ?? null,
    cards.at(-1)!.rank,
    cards.length,
    (all?.count ?? 0) + batch,
  );
  const rows = await renumber(ctx.tx, cards, keys);
  if (!rows) return { busy: true, below };
  recordRenumbered(ctx, rows);
  return { busy: false, below: above && { id: rows[0]!.id, rank: rows[0]!.rank } };
});
