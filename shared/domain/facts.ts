import type { RecordDuty } from '#shared/contract/duty.ts';
import type { ExceptionKind } from '#shared/contract/exception.ts';
import type { DataTree } from '#shared/contract/record.ts';
import type { ScopeState } from '#shared/contract/scope.ts';
import type { StageKey } from '#shared/contract/stage.ts';

/** Of the checklist items of one stage: how many there are, and how many are ticked. */
export interface ChecklistTally {
  required: number;
  requiredDone: number;
  total: number;
  done: number;
  /** Ids of the ticked items, in order. */
  ticked: readonly string[];
}

/**
 * All that a rule may look at, read from committed rows in one transaction. Dates come from outside.
 * `server/commands/gather-facts.ts` fills it; tests build it with `test/support/facts.ts`.
 */
export interface Facts {
  /** The day of the judgement, `YYYY-MM-DD`. */
  today: string;
  scope: { state: ScopeState };
  duties: Record<RecordDuty, string | null>;
  data: DataTree;
  dataHash: string;
  /** Everyone who typed a value of the present data; an import is the file's, not a person's. */
  editors: readonly string[];
  /** The newest review, whatever it was made on. */
  review: { reviewer: string; dataHash: string; outcome: 'accepted' | 'returned' } | null;
  checklist: Partial<Record<StageKey, ChecklistTally>>;
  /** Open ones only. */
  exceptions: readonly { kind: ExceptionKind; cause: string; blocks: StageKey }[];
  /** Reference of another record with the same VIN at the same build stage. */
  vinHolder: string | null;
}
