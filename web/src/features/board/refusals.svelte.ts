import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';

/** A move the server said no to. */
export interface MoveRefusal {
  card: Card;
  to: StageKey;
  problem: Problem;
  /** Where the pointer let go, in the window; undefined: it was no pointer. */
  at: { x: number; y: number } | undefined;
}

/** The refused moves nobody has put away yet, one per card, and the one whose findings are open. */
export class Refusals {
  list = $state.raw<readonly MoveRefusal[]>([]);
  open = $state.raw<MoveRefusal | null>(null);

  add(refusal: MoveRefusal): void {
    this.forget(refusal.card.id);
    this.list = [...this.list, refusal];
    this.open = refusal;
  }

  of(card: string): MoveRefusal | undefined {
    return this.list.find((refusal) => refusal.card.id === card);
  }

  /** Opens the findings again, beside the card. */
  show(refusal: MoveRefusal): void {
    this.open = { ...refusal, at: undefined };
  }

  forget(card: string): void {
    this.list = this.list.filter((refusal) => refusal.card.id !== card);
    if (this.open?.card.id === card) this.open = null;
  }
}
