import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { ownerOnEntering } from '#shared/domain/assignment.ts';
import { addToCounts, cardIn, columnOf, withColumn, withoutCard, type BoardRows } from './board-rows.ts';

/** A change the server has not answered yet. The same intent always has the same operation id. */
interface IntentBase {
  readonly operation: string;
  /** The card as the person saw it. */
  readonly card: Card;
  /** Shown before the server confirms it. An intent that would be refused waits for the answer instead. */
  readonly shown: boolean;
}

export interface MoveIntent extends IntentBase {
  readonly kind: 'move';
  readonly to: StageKey;
  /** The card above its new place; null: to the top; undefined: to the end. */
  readonly after: string | null | undefined;
  readonly reason: string | undefined;
}

export interface AssignIntent extends IntentBase {
  readonly kind: 'hand';
  /** The new owner of the next action; null: nobody. */
  readonly to: string | null;
  readonly what: string | null;
  readonly due: string | null;
}

export type BoardIntent = MoveIntent | AssignIntent;

/** The displayed rows: the confirmed ones with all pending intents applied in order. */
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
