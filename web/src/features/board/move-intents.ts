import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { addToCounts, cardIn, columnOf, withColumn, withoutCard, type BoardRows } from './board-rows.ts';

/** A move that somebody wants and the server has not answered yet. The same intent is always sent under the same operation. */
export interface MoveIntent {
  readonly operation: string;
  /** The card as its mover saw it. */
  readonly card: Card;
  readonly to: StageKey;
  /** The card it goes below; null: to the top; undefined: to the end. */
  readonly after: string | null | undefined;
  readonly reason: string | undefined;
  /** Shown where it is wanted, before the server says so. A move into a shut column waits for the answer instead. */
  readonly shown: boolean;
}

/** What people see: the confirmed rows with every pending move made on them, in the order they were wanted. */
export function replay(confirmed: BoardRows, intents: readonly MoveIntent[]): BoardRows {
  return intents.reduce((rows, intent) => (intent.shown ? moved(rows, intent) : rows), confirmed);
}

function moved(rows: BoardRows, { card: lifted, to, after }: MoveIntent): BoardRows {
  const card = cardIn(rows, lifted.id) ?? lifted;
  const without = withoutCard(rows, card.id);
  const { cards, next } = columnOf(without, to);
  const above = cards.findIndex(({ id }) => id === after);
  const counted = card.stage === to ? without : addToCounts(without, { [card.stage]: -1, [to]: 1 });
  const atEnd = after === undefined || (after !== null && above < 0);
  if (atEnd && next !== null) return counted;
  const at = after === null ? 0 : atEnd ? cards.length : above + 1;
  const there = card.stage === to ? card : { ...card, stage: to };
  return withColumn(counted, to, (column) => ({ ...column, cards: column.cards.toSpliced(at, 0, there) }));
}
