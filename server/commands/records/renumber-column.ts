import { and, count, eq } from 'drizzle-orm';
import { numbersAbove } from '#server/db/rank-keys.ts';
import { cardsBefore, lockColumn, renumber, type ColumnOf, type Ranked } from '#server/db/ranks.ts';
import { records } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { recordRenumbered } from './rank.ts';

/** Cards per transaction; no card can be placed in the column meanwhile. */
const batch = 128;

interface Input extends ColumnOf {
  /** The first card that already has its new key; null: no card has one. */
  below: Ranked | null;
}

/** `busy`: somebody has locked one of the cards; retry. `below`: where to continue; null: the column is done. */
type Answer = { busy: boolean; below: Ranked | null };

/**
 * Gives the next cards of a column whole numbers as keys, from its end upwards. The order does not change and is valid
 * after every batch, so this may stop after any of them.
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
