import type { Card } from '#shared/contract/record.ts';
import { cardIn, columnOf, type BoardRows } from '../state/board-rows.ts';

/** The cards between two cards of a column, including both; only the second where they are not in the same column. */
export function between(rows: BoardRows, anchor: string | null, to: Card): readonly Card[] {
  const { cards } = columnOf(rows, to.stage);
  const [from, end] = [cards.findIndex(({ id }) => id === anchor), cards.findIndex(({ id }) => id === to.id)];
  if (from < 0 || end < 0) return [to];
  return cards.slice(Math.min(from, end), Math.max(from, end) + 1);
}

/** The selected cards in the order of the board; skips cards that are no longer on it. */
export function onBoard(rows: BoardRows, ids: ReadonlySet<string>): readonly Card[] {
  return rows.flatMap(({ cards }) => cards.filter(({ id }) => ids.has(id)));
}

/**
 * What is dragged with this card: the whole selection where the card belongs to it, with the card first; otherwise only
 * the card.
 */
export function dragged(rows: BoardRows, ids: ReadonlySet<string>, card: Card): readonly Card[] {
  if (!ids.has(card.id) || !cardIn(rows, card.id)) return [card];
  return [card, ...onBoard(rows, ids).filter(({ id }) => id !== card.id)];
}
