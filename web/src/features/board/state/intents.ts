import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { ownerOnEntering } from '#shared/domain/assignment.ts';
import { addToCounts, cardIn, columnOf, withColumn, withoutCard, type BoardRows } from './board-rows.ts';

/** Something that somebody wants and the server has not answered yet. The same intent is always sent under the same operation. */
interface IntentBase {
  readonly operation: string;
  /** The card as it was seen by who wants it. */
  readonly card: Card;
  /** Shown as it is wanted, before the server says so. What would be refused waits for the answer instead. */
  readonly shown: boolean;
}

export interface MoveIntent extends IntentBase {
  readonly kind: 'move';
  readonly to: StageKey;
  /** The card it goes below; null: to the top; undefined: to the end. */
  readonly after: string | null | undefined;
  readonly reason: string | undefined;
}

export interface AssignIntent extends IntentBase {
  readonly kind: 'hand';
  /** Who owns the next action then; null: nobody. */
  readonly to: string | null;
  readonly what: string | null;
  readonly due: string | null;
}

export type BoardIntent = MoveIntent | AssignIntent;

/** What people see: the confirmed rows with everything pending done on them, in the order it was wanted. */
export function replay(confirmed: BoardRows, intents: readonly BoardIntent[]): BoardRows {
  return intents.reduce((rows, intent) => {
    if (!intent.shown) return rows;
    return intent.kind === 'move' ? moved(rows, intent) : handed(rows, intent);
  }, confirmed);
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
  const there = card.stage === to ? card : { ...card, stage: to, nextAction: onEntering(card, to) };
  return withColumn(counted, to, (column) => ({ ...column, cards: column.cards.toSpliced(at, 0, there) }));
}

const onEntering = ({ duties }: Card, stage: StageKey): Card['nextAction'] => ({
  what: null,
  owner: ownerOnEntering(stage, duties),
  due: null,
});

function handed(rows: BoardRows, { card: { id }, to, what, due }: AssignIntent): BoardRows {
  const card = cardIn(rows, id);
  if (!card) return rows;
  const nextAction = { what, owner: to, due };
  return withColumn(rows, card.stage, (column) => ({
    ...column,
    cards: column.cards.map((one) => (one === card ? { ...card, nextAction } : one)),
  }));
}
