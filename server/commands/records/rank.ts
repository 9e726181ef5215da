import { keyIn, longKey, reach, renumbered } from '#server/db/rank-keys.ts';
import { cardsAround, gapAt, gapInColumn, lockColumn, renumber, type ColumnOf, type Gap } from '#server/db/ranks.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import type { CommandContext } from '../command.ts';

/** The target of a card: a gap in a column, or the rank that it had before. */
type Place = { after: string | null | undefined } | { rank: string };

/**
 * The rank of a card at a position of a column. If the keys are too long or equal, the cards around it are renumbered
 * first.
 */
export async function rankAt(ctx: CommandContext, column: ColumnOf, card: string, place: Place): Promise<string> {
  const currentRank = 'rank' in place ? place.rank : null;
  if (currentRank !== null && currentRank.length <= longKey) return currentRank;
  const gap =
    'rank' in place
      ? await gapAt(ctx.tx, column, card, place.rank)
      : await gapInColumn(ctx.tx, column, card, place.after);
  const rank = currentRank ?? keyIn([gap.above?.rank ?? null, gap.below?.rank ?? null], card);
  if (rank !== null && rank.length <= longKey) return rank;
  return (await makeRoom(ctx, column, card, gap)) ?? rank ?? (await belowEquals(ctx, column, card, gap));
}

/**
 * Renumbers the cards around a gap and returns the rank in it. Null if that is not possible, for example because
 * somebody else has locked the column or a card in it; the next move tries again.
 */
async function makeRoom(ctx: CommandContext, column: ColumnOf, card: string, gap: Gap): Promise<string | null> {
  if (!(await lockColumn(ctx.tx, column, false))) return null;
  const { cards, at, ends } = await cardsAround(ctx.tx, column, card, gap, reach);
  const fresh = renumbered(
    cards.map(({ rank }) => rank),
    at,
    ends,
  );
  if (!fresh) return null;
  const moved = cards.slice(fresh.from, fresh.from + fresh.keys.length);
  const rows = await renumber(ctx.tx, moved, fresh.keys);
  if (!rows) return null;
  recordRenumbered(ctx, rows);
  return fresh.own;
}

/** A rank between the equal keys and the next one: the best position that is free without renumbering. */
async function belowEquals(ctx: CommandContext, column: ColumnOf, card: string, { above }: Gap): Promise<string> {
  const { below } = await gapAt(ctx.tx, column, card, above!.rank);
  return keyIn([above!.rank, below?.rank ?? null], card)!;
}

/**
 * Records an event per card: only the keys changed, not the order, and clients need the new keys to place later events.
 */
export function recordRenumbered(ctx: CommandContext, rows: readonly RecordRow[]): void {
  for (const row of rows) {
    ctx.record({
      trail: row.scopeId,
      kind: 'record.renumbered',
      record: { id: row.id, reference: row.reference },
      body: { stage: row.stage, rank: row.rank },
      card: cardOf(row),
    });
  }
}
