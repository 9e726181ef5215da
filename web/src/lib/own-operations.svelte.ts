import type { SetResult } from '#shared/contract/bulk.ts';
import type { Problem } from '#shared/contract/problem.ts';
import { call, ProblemError } from './api.ts';
import { answered, operationFor } from './unanswered.ts';
import { m } from './paraglide/messages.js';

/** An operation of this page that can be undone. */
export interface OwnOperation {
  operation: string;
  /** `PT-1042 moved to Review` */
  words: string;
}

/** An undo that failed, or succeeded only in part. */
export interface FailedUndo {
  words: string;
  problem: Problem | null;
  results: readonly SetResult[];
}

const kept = 20;

/** The last moves and assignments of this page, newest last, and the undone ones that can be redone. */
class OwnOperations {
  done = $state.raw<readonly OwnOperation[]>([]);
  undone = $state.raw<readonly OwnOperation[]>([]);
  busy = $state(false);
  refused = $state.raw<FailedUndo | null>(null);
  /** Shows a toast about an operation, with an undo where there is one. */
  onsay: (words: string, undo: (() => void) | null) => void = () => {};

  /** Records an operation and shows its toast with an undo. */
  add(act: OwnOperation): void {
    this.done = [...this.done, act].slice(-kept);
    this.undone = [];
    this.#say(act);
  }

  /**
   * Runs an API call under its own operation id, and records it on success. `what` identifies the operation: a retry
   * after a lost answer has the same operation id. `words` returns null where nothing changed.
   */
  async doing<T>(
    what: unknown,
    words: (answer: T) => string | null,
    work: (operation: string) => Promise<T>,
  ): Promise<T> {
    const operation = operationFor('own act', JSON.stringify(what));
    const answer = await work(operation);
    answered('own act', operation);
    const label = words(answer);
    if (label !== null) this.add({ operation, words: label });
    return answer;
  }

  undo(act: OwnOperation | undefined = this.done.at(-1)): Promise<void> {
    return this.#takeBack(act, (undone) => {
      this.done = this.done.filter((other) => other !== act);
      this.undone = [...this.undone, undone].slice(-kept);
      this.onsay(m.board_undone({ what: undone.words }), null);
    });
  }

  /** Redoes the last undone operation. */
  redo(): Promise<void> {
    const act = this.undone.at(-1);
    return this.#takeBack(act, (again) => {
      this.undone = this.undone.filter((other) => other !== act);
      this.done = [...this.done, again].slice(-kept);
      this.#say(again);
    });
  }

  #say(act: OwnOperation): void {
    this.onsay(act.words, () => void this.undo(act));
  }

  async #takeBack(act: OwnOperation | undefined, then: (made: OwnOperation) => void): Promise<void> {
    if (!act || this.busy) return;
    this.busy = true;
    this.refused = null;
    const target = `take back ${act.operation}`;
    const operation = operationFor(target, '');
    try {
      const params = { operation: act.operation };
      const { results } = await call('post /api/operations/{operation}/take-back', { params, operation });
      answered(target, operation);
      const left = results.filter(({ refusal }) => refusal);
      if (left.length < results.length) then({ ...act, operation });
      else this.#forget(act);
      if (left.length > 0) this.refused = { words: act.words, problem: null, results };
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : null;
      if (problem) this.#forget(act);
      this.refused = { words: act.words, problem, results: [] };
    }
    this.busy = false;
  }

  /** A refused undo is final: the shortcut then undoes the operation before it. */
  #forget(act: OwnOperation): void {
    this.done = this.done.filter((other) => other !== act);
    this.undone = this.undone.filter((other) => other !== act);
  }
}

export const ownOperations = new OwnOperations();
