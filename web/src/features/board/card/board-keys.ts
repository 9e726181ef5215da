import type { Card } from '#shared/contract/record.ts';
import { columnOf, type BoardRows } from '../state/board-rows.ts';
import type { Board } from '../state/board.svelte.ts';
import { shortcutKey } from '#lib/keys.ts';

/** Handles a key that selects cards. Returns whether it handled the key. */
export function selectionKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  board: Board,
  card: Card,
): boolean {
  const { lift, selection } = board;
  const { key, shiftKey } = event;
  if (lift.card) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (shortcutKey(event) !== 'a' || event.altKey || shiftKey) return false;
    void selection.column(card.stage);
  } else if (shortcutKey(event) === 'x') selection.toggle(card);
  else if (shiftKey && key === 'ArrowUp') selection.extend(card, -1);
  else if (shiftKey && key === 'ArrowDown') selection.extend(card, 1);
  else if (key === 'Escape' && selection.ids.size > 0) selection.clear();
  else return false;
  return true;
}

/** Handles a key pressed on a card. `menu` opens the menu of the card. Returns whether it handled the key. */
export function cardKey(
  event: Pick<KeyboardEvent, 'key' | 'code'>,
  board: Board,
  card: Card,
  menu: () => void,
): boolean {
  const { lift } = board;
  const key = shortcutKey(event);
  if (lift.card) return lift.by === 'keyboard' && dragKey(key, board);
  if (key === ' ') lift.start(card, 'keyboard');
  else if (key === 'a') board.assigning.start(board.selection.dragged(card));
  else if (key === 'm' || key === 'ContextMenu') menu();
  else {
    const next = neighbour(board.rows, card, key);
    if (!next) return key.startsWith('Arrow');
    board.active = { id: next.id, focus: true };
  }
  return true;
}

function dragKey(key: string, { lift }: Board): boolean {
  const act = {
    ArrowLeft: () => lift.steer(-1),
    ArrowRight: () => lift.steer(1),
    ArrowUp: () => lift.nudge(-1),
    ArrowDown: () => lift.nudge(1),
    Enter: () => lift.drop(),
    ' ': () => lift.drop(),
    Escape: () => lift.putBack(),
    Tab: () => undefined,
  }[key];
  act?.();
  return act !== undefined;
}

/**
 * The card an arrow key moves to: the next one in the column, or one at the same height in the next column that has
 * any.
 */
export function neighbour(rows: BoardRows, card: Card, key: string): Card | undefined {
  const { cards } = columnOf(rows, card.stage);
  const at = cards.findIndex(({ id }) => id === card.id);
  if (key === 'ArrowUp') return cards[at - 1];
  if (key === 'ArrowDown') return cards[at + 1];
  if (key === 'Home') return cards[0];
  if (key === 'End') return cards.at(-1);
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const ways = key === 'ArrowLeft' ? rows.toReversed() : rows;
  const beyond = ways.slice(ways.findIndex(({ stage }) => stage === card.stage) + 1);
  const column = beyond.find((one) => one.cards.length > 0);
  return column && (column.cards[at] ?? column.cards.at(-1));
}
