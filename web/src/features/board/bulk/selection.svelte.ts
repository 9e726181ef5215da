import { mostInSet } from '#shared/contract/set-limit.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { columnOf } from '../state/board-rows.ts';
import type { Board } from '../state/board.svelte.ts';
import { countLabel } from '../column/count-labels.ts';
import { between, dragged, onBoard } from './selection-range.ts';

/** The cards selected for a bulk operation. */
export class Selection {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  readonly #board: Board;
  /** Start of a range selection. */
  #anchor: string | null = null;
  /** In the order of the board. */
  readonly cards: readonly Card[] = $derived.by(() =>
    this.ids.size === 0 || this.#board.past ? [] : onBoard(this.#board.rows, this.ids),
  );

  constructor(board: Board) {
    this.#board = board;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle({ id, reference }: Card): void {
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    this.#anchor = id;
    this.#set(next);
    this.#say(
      next.has(id)
        ? m.board_said_selected({ reference, count: next.size })
        : m.board_said_unselected({ reference, count: next.size }),
    );
  }

  /** Selects everything from the last selected card of the column to this one. */
  extendTo(card: Card): void {
    const reached = between(this.#board.rows, this.#anchor, card);
    if (reached.length === 1) this.#anchor = card.id;
    this.#set(new Set([...this.ids, ...reached.map(({ id }) => id)]));
    this.#say(m.board_said_selected({ reference: card.reference, count: this.ids.size }));
  }

  /** Extends the selection one card up (-1) or down (1); the focus moves along. */
  extend(card: Card, by: -1 | 1): void {
    const { cards } = columnOf(this.#board.rows, card.stage);
    const next = cards[cards.findIndex(({ id }) => id === card.id) + by];
    if (!next) return;
    if (!this.ids.has(card.id)) {
      this.#anchor = card.id;
      this.#set(new Set([...this.ids, card.id]));
    }
    this.#board.active = { id: next.id, focus: true };
    this.extendTo(next);
  }

  /** Selects every card of a column, up to the limit of a bulk operation. Loads further windows as needed. */
  async column(stage: StageKey): Promise<void> {
    for (;;) {
      const { cards, next } = columnOf(this.#board.rows, stage);
      this.#set(new Set([...this.ids, ...cards.map(({ id }) => id)]));
      if (next === null || cards.length >= mostInSet) break;
      await this.#board.more(stage);
      if (columnOf(this.#board.rows, stage).cards.length === cards.length) break;
    }
    const { count } = columnOf(this.#board.rows, stage);
    const size = this.ids.size;
    this.#say(
      count > mostInSet
        ? m.board_said_selected_first({ count: size, of: countLabel(count, this.#board.filtered) })
        : m.board_selected({ count: size }),
    );
  }

  clear(): void {
    if (this.ids.size === 0) return;
    this.ids = new Set();
    this.#anchor = null;
    this.#say(m.board_said_cleared());
  }

  /** Selects exactly these cards. */
  only(ids: readonly string[]): void {
    this.#set(new Set(ids));
  }

  dragged(card: Card): readonly Card[] {
    return dragged(this.#board.rows, this.ids, card);
  }

  #set(ids: ReadonlySet<string>): void {
    // A past board is read-only.
    if (this.#board.past) return;
    this.ids = ids.size > mostInSet ? new Set([...ids].slice(0, mostInSet)) : ids;
  }

  #say(text: string): void {
    announce(text, { assertive: true });
  }
}
