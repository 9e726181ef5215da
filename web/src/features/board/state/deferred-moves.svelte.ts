import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { cardIn, withCard, type BoardRows } from './board-rows.ts';

/** A card that somebody else moved while the pointer or the focus is on it here: its old state, and the event. */
export interface DeferredMove {
  readonly card: Card;
  readonly event: BoardEvent;
}

const maxDeferMs = 5_000;

/** Keeps a card in place while the pointer or the focus is on it, so that it does not move away. */
export class DeferredMoves {
  cards = $state.raw<ReadonlyMap<string, DeferredMove>>(new Map());
  #pointer: string | null = null;
  #focus: string | null = null;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #settled: (card: string, focused: boolean) => void;

  /** `settled` is called when a card moves to its new place, with whether it has the focus. */
  constructor(settled: (card: string, focused: boolean) => void = () => {}) {
    this.#settled = settled;
  }

  point(card: string | null): void {
    this.#pointer = card;
    this.#letGo();
  }

  focus(card: string | null): void {
    this.#focus = card;
    this.#letGo();
  }

  /** Somebody else changed a card; `shown` is its state on this page. */
  notice(event: BoardEvent, shown: Card | undefined): void {
    const { card } = event;
    if (!card || !shown) return;
    const under = card.id === this.#pointer || card.id === this.#focus;
    const rests = this.cards.get(card.id);
    const same = event.kind === 'record.renumbered' || (shown.stage === card.stage && shown.rank === card.rank);
    if (!rests && (!under || same)) return;
    this.cards = new Map(this.cards).set(card.id, { card: rests?.card ?? shown, event });
    if (!rests)
      this.#timers.set(
        card.id,
        setTimeout(() => this.settle(card.id), maxDeferMs),
      );
  }

  /** The rows with every deferred card in its old place. */
  hold(rows: BoardRows): BoardRows {
    let deferred = rows;
    for (const { card } of this.cards.values())
      if (cardIn(deferred, card.id) !== card) deferred = withCard(deferred, card);
    return deferred;
  }

  settle(id: string): void {
    if (!this.cards.has(id)) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const rest = new Map(this.cards);
    rest.delete(id);
    this.cards = rest;
    this.#settled(id, this.#focus === id);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #letGo(): void {
    for (const id of this.cards.keys()) if (id !== this.#pointer && id !== this.#focus) this.settle(id);
  }
}
