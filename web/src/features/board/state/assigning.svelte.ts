import type { Card } from '#shared/contract/record.ts';
import { firstDenial, assignmentVerdict, type AssignmentVerdict } from '#features/people-rail/assignment-verdict.ts';
import type { Assignment } from '#features/people-rail/assignment.ts';
import { sentence } from '#shared/text/sentence.ts';
import { todayIn } from '#lib/today.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Board, MoveRequest } from './board.svelte.ts';

/** An open assignment form: some cards, and who, what and until when. */
interface OpenChoice {
  readonly cards: readonly Card[];
  /** The person they were dropped on; null: nobody; undefined: still to be chosen. */
  readonly to: string | null | undefined;
  readonly at: MoveRequest['at'];
}

/**
 * Assigns next actions: by dropping a card on a person or a person on a card, by key or by menu. All ways end in
 * `give`.
 */
export class Assigning {
  open = $state.raw<OpenChoice | null>(null);
  /** The person this page drags, and the card they are dragged over. */
  person = $state.raw<{ readonly id: string | null; readonly card: Card | null } | null>(null);
  readonly #board: Board;

  constructor(board: Board) {
    this.#board = board;
  }

  get today(): string {
    return todayIn(this.#board.scope);
  }

  /** Opens the form for one or several cards; the request is sent once the form is submitted. */
  start(cards: readonly Card[], to?: string | null, at?: MoveRequest['at']): void {
    if (this.#board.past || cards.length === 0) return;
    this.#board.refusals.open = null;
    this.open = { cards, to, at };
  }

  close(): void {
    const first = this.open?.cards[0];
    this.open = null;
    if (first) this.#board.active = { id: first.id, focus: true };
  }

  give(assignment: Assignment): void {
    const { open } = this;
    if (!open) return;
    const { cards, at } = open;
    this.close();
    if (cards.length > 1) return void this.#board.sets.handOver({ cards, ...assignment });
    const card = cards[0]!;
    const shown = this.verdict(cards, assignment.to, assignment.due)?.eligible === 1;
    this.#board.want({ kind: 'hand', operation: crypto.randomUUID(), card, ...assignment, shown }, at);
  }

  /** Whether a person can take some cards and, if not, why. */
  verdict(cards: readonly Card[], to: string | null, due?: string | null): AssignmentVerdict | null {
    const { scope, actor } = this.#board;
    const person = to === null ? null : scope.people.find(({ id }) => id === to);
    if (cards.length === 0 || person === undefined) return null;
    return assignmentVerdict(cards, actor, person, this.today, due);
  }

  /** A person is dragged over a card; null: over none. */
  hold(id: string | null, card: Card | null): void {
    if (this.person?.id === id && this.person.card?.id === card?.id) return;
    this.person = { id, card };
    const verdict = card && this.verdict([card], id);
    const against = verdict && firstDenial(verdict);
    if (card) announce(`${card.reference}. ${against ? sentence(against) : m.handing_may()}`, { assertive: true });
  }

  /** Drops the dragged person; over a card it opens the form. */
  letGo(at?: MoveRequest['at']): void {
    const { person } = this;
    this.person = null;
    if (person?.card && at) this.start(this.#board.selection.dragged(person.card), person.id, at);
  }
}
