import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { cardIn, columnOf, withCard, type BoardRows } from '../state/board-rows.ts';
import type { Board, MoveRequest } from '../state/board.svelte.ts';
import { cardChangeLabel } from '../state/changed-labels.ts';
import { previewsOf } from '../state/preview.ts';
import { setPreview } from '../bulk/set-preview.ts';
import { placeAnnouncement, verdictAnnouncement } from '../state/announcements.ts';

export type DragInput = 'mouse' | 'touch' | 'keyboard';

export interface Target {
  readonly stage: StageKey;
  readonly after: string | null | undefined;
}

/** The card that this page drags, and its target. Mouse, touch and keyboard share it. */
export class Lift {
  card = $state.raw<Card | null>(null);
  /** All dragged cards, the one that was picked up first. */
  cards = $state.raw<readonly Card[]>([]);
  by = $state.raw<DragInput>('mouse');
  target = $state.raw<Target | null>(null);
  /** The person the card is dragged over; `id` null: the unowned pile. */
  over = $state.raw<{ readonly id: string | null } | null>(null);
  /** The last event by which somebody else changed the card during the drag. */
  changed = $state.raw<BoardEvent | null>(null);
  readonly #board: Board;
  /** The preview of every column for the card. */
  readonly previews = $derived.by(() => this.current && previewsOf(this.current, this.#board.actor));
  /** For several cards, how many may enter each column. */
  readonly sets = $derived.by(() =>
    this.cards.length > 1
      ? new Map(stageKeys.map((stage) => [stage, setPreview(this.cards, this.#board.actor, stage)]))
      : null,
  );

  constructor(board: Board) {
    this.#board = board;
  }

  /** The dragged card in its latest version. */
  get current(): Card | null {
    return this.changed?.card ?? this.card;
  }

  start(card: Card, by: DragInput): void {
    if (this.#board.past) return;
    this.card = card;
    this.cards = this.#board.selection.dragged(card);
    this.by = by;
    this.changed = this.#board.deferred.cards.get(card.id)?.event ?? null;
    this.target = null;
    this.over = null;
    this.#board.refusals.open = null;
    this.#tell();
    if (by !== 'keyboard') return;
    const places = this.#places(card.stage);
    const { cards } = columnOf(this.#board.rows, card.stage);
    const above = cards[cards.findIndex(({ id }) => id === card.id) - 1]?.id ?? null;
    this.aim({ stage: card.stage, after: places.includes(above) ? above : null });
    const place = placeAnnouncement(this.#board.rows, this.target!, card);
    this.#say(
      this.cards.length > 1
        ? m.board_said_lifted_set({ count: this.cards.length, place })
        : m.board_said_lifted({ reference: card.reference, place }),
    );
  }

  aim(target: Target | null, over: Lift['over'] = null): void {
    if (over?.id !== this.over?.id || !over !== !this.over) this.over = over;
    if (target?.stage === this.target?.stage && target?.after === this.target?.after) return;
    this.target = target;
    this.#tell();
  }

  /** Moves the target to the column on the left (-1) or right (1). */
  steer(by: -1 | 1): void {
    if (!this.card || !this.target) return;
    const stages = this.#board.rows.map(({ stage }) => stage);
    const stage = stages[stages.indexOf(this.target.stage) + by];
    if (!stage) return;
    this.aim({ stage, after: this.#places(stage).at(-1) });
    const { count } = columnOf(this.#board.rows, stage);
    const set = this.sets?.get(stage);
    const verdict = verdictAnnouncement(set?.first ?? this.previews!.get(stage)!, count);
    this.#say(set ? `${m.board_set_may({ may: set.eligible, of: set.of })}. ${verdict}` : verdict);
  }

  /** Moves the target one place up (-1) or down (1) in the column. */
  nudge(by: -1 | 1): void {
    if (!this.card || !this.target) return;
    const places = this.#places(this.target.stage);
    const at = places.indexOf(this.target.after);
    const next = at + by;
    if (next < 0 || next >= places.length) return;
    this.aim({ stage: this.target.stage, after: places[next] });
    this.#say(placeAnnouncement(this.#board.rows, this.target, this.card));
  }

  drop(at?: MoveRequest['at']): void {
    const { current: card, target, over, by, cards } = this;
    this.#end();
    if (!card) return;
    const now = cards.map((one) => (one.id === card.id ? card : one));
    if (over) return this.#board.assigning.start(now, over.id, at);
    if (!target) return;
    if (cards.length > 1) {
      void this.#board.sets.move({ cards: now, to: target.stage });
      return;
    }
    if (by === 'keyboard') this.#board.active = { id: card.id, focus: true };
    this.#board.move({ card, to: target.stage, after: target.after, at });
    if (by === 'keyboard' && !this.#board.asking) this.#say(m.board_said_dropped({ reference: card.reference }));
  }

  /** Cancels the drag. `focus`: a card lifted by keyboard gets the focus back. */
  putBack(focus = true): void {
    const { card, by } = this;
    this.#end();
    if (!card) return;
    this.#say(m.board_said_put_back({ reference: card.reference }));
    if (by === 'keyboard') this.#board.active = { id: card.id, focus };
  }

  /** Announces that somebody else changed the dragged card. */
  notice(event: BoardEvent): void {
    if (event.kind === 'record.renumbered') return;
    if (!this.card || event.card?.id !== this.card.id || event.card.version <= this.card.version) return;
    this.changed = event;
    this.#say(cardChangeLabel(event));
  }

  /** Keeps the dragged card where it was lifted until it is dropped. */
  hold(rows: BoardRows): BoardRows {
    if (!this.card || !this.changed || cardIn(rows, this.card.id) === this.card) return rows;
    return withCard(rows, this.card);
  }

  /**
   * The places a card may be dropped at in a column, from the top, as the card above; null: the top; undefined: an end
   * that is not loaded.
   */
  #places(stage: StageKey): (string | null | undefined)[] {
    const { cards, next } = columnOf(this.#board.rows, stage);
    const below = cards.filter(({ id }) => id !== this.card?.id).map(({ id }) => id);
    return [null, ...below, ...(next === null ? [] : [undefined])];
  }

  /** Shares the dragged card and its target with the others. */
  #tell(): void {
    const { card, cards, target } = this;
    const dragged = card &&
      target && { stage: target.stage, ...(target.after === undefined ? {} : { after: target.after }) };
    this.#board.feed.attend({ lifted: card?.id ?? null, more: Math.max(cards.length - 1, 0), held: dragged });
  }

  #end(): void {
    if (this.card && this.changed) this.#board.deferred.settle(this.card.id);
    this.card = null;
    this.cards = [];
    this.target = null;
    this.over = null;
    this.changed = null;
    this.#tell();
  }

  #say(text: string): void {
    announce(text, { assertive: true });
  }
}
