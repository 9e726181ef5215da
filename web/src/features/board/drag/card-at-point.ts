import type { Card } from '#shared/contract/record.ts';
import { cardIn, type BoardRows } from '../state/board-rows.ts';

/** The card under a point of the window; null where there is none. */
export function cardAtPoint(rows: BoardRows, { x, y }: { x: number; y: number }): Card | null {
  const id = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-card]')?.dataset['card'];
  return (id && cardIn(rows, id)) || null;
}
