import type { SetResult } from '#shared/contract/bulk.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageName } from '#shared/text/names.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { call, ProblemError } from '#lib/api.ts';
import { ownOperations } from '#lib/own-operations.svelte.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Board } from '../state/board.svelte.ts';
import { someGoBack } from './set-preview.ts';

/** A bulk move to a stage. */
export interface BulkMove {
  cards: readonly Card[];
  to: StageKey;
  reason?: string;
}

/** A bulk assignment: the next action of several cards, its owner and its due day. */
export interface BulkAssignment {
  cards: readonly Card[];
  to: string | null;
  what: string | null;
  due: string | null;
}

/** The outcome of a bulk operation. */
interface SetOutcome {
  title: string;
  results: readonly SetResult[];
  /** The operation to undo; null: nothing was done. */
  operation: string | null;
}

type Sent = { results: readonly SetResult[] };

/**
 * Bulk operations on the selected cards: each card is judged on its own, and the result reports which were refused and
 * why.
 */
export class BulkActions {
  /** A move back that needs its reason first. */
  asking = $state.raw<BulkMove | null>(null);
  /** Number of cards in the running request. */
  busy = $state(0);
  outcome = $state.raw<SetOutcome | null>(null);
  /** The request failed; sending it again is idempotent. */
  failed = $state.raw<{ words: string; again: () => void } | null>(null);
  readonly #board: Board;

  constructor(board: Board) {
    this.#board = board;
  }

  async move(request: BulkMove): Promise<void> {
    const { to, reason } = request;
    const cards = request.cards.filter(({ stage }) => stage !== to);
    if (cards.length === 0) return;
    if (!reason && someGoBack(cards, this.#board.actor, to)) {
      this.asking = request;
      return;
    }
    const operation = crypto.randomUUID();
    const records = cards.map(({ id, stage }) => ({ record: id, from: stage }));
    await this.#send(
      cards.length,
      operation,
      (done) => m.board_set_moved({ count: done, stage: stageName(to) }),
      () =>
        call('post /api/scopes/{scope}/bulk/moves', {
          params: { scope: this.#board.scope.id },
          body: { to, records, ...(reason ? { reason } : {}) },
          operation,
        }),
    );
  }

  async handOver({ cards, to, what, due }: BulkAssignment): Promise<void> {
    const operation = crypto.randomUUID();
    const records = cards.map(({ id, nextAction }) => ({ record: id, from: nextAction.owner }));
    const name = this.#board.personName(to);
    await this.#send(
      cards.length,
      operation,
      (done) => (name ? m.board_set_handed({ count: done, name }) : m.board_set_unowned({ count: done })),
      () =>
        call('post /api/scopes/{scope}/bulk/next-actions', {
          params: { scope: this.#board.scope.id },
          body: { to, what, due, records },
          operation,
        }),
    );
  }

  async #send(
    count: number,
    operation: string,
    words: (done: number) => string,
    work: () => Promise<Sent>,
  ): Promise<void> {
    this.outcome = null;
    this.failed = null;
    this.busy = count;
    try {
      const { results } = await work();
      const refused = results.filter(({ refusal }) => refusal);
      const done = results.length - refused.length;
      const title = words(done);
      if (done > 0) ownOperations.add({ operation, words: title });
      this.#board.selection.only(refused.map(({ record }) => record));
      if (refused.length > 0) this.outcome = { title, results, operation: done > 0 ? operation : null };
      announce(refused.length > 0 ? m.board_set_part({ done: title, count: refused.length }) : title, {
        assertive: true,
      });
    } catch (error) {
      const label = error instanceof ProblemError ? problemDetail(error.problem) : m.board_set_unreachable();
      this.failed = { words: label, again: () => void this.#send(count, operation, words, work) };
    }
    this.busy = 0;
  }
}
