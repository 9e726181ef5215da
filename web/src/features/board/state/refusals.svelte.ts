import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';

/** An intent the server refused. */
export interface Refusal {
  card: Card;
  /** What was refused, in one line. */
  title: string;
  problem: Problem;
  /** Where the pointer was released, in window coordinates; undefined: there was no pointer. */
  at: { x: number; y: number } | undefined;
}

/** The refusals that nobody has dismissed yet, one per card, and the one whose findings are open. */
export class Refusals {
  list = $state.raw<readonly Refusal[]>([]);
  open = $state.raw<Refusal | null>(null);

  add(refusal: Refusal): void {
    this.forget(refusal.card.id);
    this.list = [...this.list, refusal];
    this.open = refusal;
  }

  of(card: string): Refusal | undefined {
    return this.list.find((refusal) => refusal.card.id === card);
  }

  /** Opens the findings again, beside the card. */
  show(refusal: Refusal): void {
    this.open = { ...refusal, at: undefined };
  }

  forget(card: string): void {
    this.list = this.list.filter((refusal) => refusal.card.id !== card);
    if (this.open?.card.id === card) this.open = null;
  }
}
