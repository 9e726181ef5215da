import type { Approval } from '#shared/contract/approval.ts';
import type { RecordDuty } from '#shared/contract/duty.ts';
import type { ExceptionKind } from '#shared/contract/exception.ts';
import type { DataTree } from '#shared/contract/record.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import type { ScopeState } from '#shared/contract/scope.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { productSettings, ruleSetVersion } from './rule-set.ts';

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
  /** Of the person with the duty signatory. */
  signatoryName: string | null;
  data: DataTree;
  dataHash: string;
  /** Everyone who typed a value of the present data; an import is the file's, not a person's. */
  editors: readonly string[];
  /** The newest review, whatever it was made on. `ticked`: the checklist items it was made on. */
  review: {
    reviewer: string;
    dataHash: string;
    ruleSet: string;
    ticked: readonly string[];
    outcome: 'accepted' | 'returned';
    /** Where the reviewer joined by a link handed over and no mail proved their address. */
    unproven?: Unproven | null;
  } | null;
  checklist: Partial<Record<StageKey, ChecklistTally>>;
  /** Open ones only. */
  exceptions: readonly { kind: ExceptionKind; cause: string; blocks: StageKey }[];
  /** Reference of another record with the same VIN at the same build stage. */
  vinHolder: string | null;
  /** What the register has under the approval number of the data. */
  approval: RegisteredApproval | null;
  /** Where it has nothing: the other extensions of the same approval that it has. */
  otherExtensions: readonly string[];
  /** Active ones. */
  waivers: readonly ActiveWaiver[];
  /** What the organisation sets differently in the rules, and which version of the rules that makes. */
  settings: RuleSettings;
  ruleSet: string;
}

/** What is known of a record that nobody has worked on yet. */
export function factsOfNewRecord(partial: Pick<Facts, 'today' | 'data'> & Partial<Facts>): Facts {
  return {
    scope: { state: 'live' },
    duties: { dataOwner: null, reviewer: null, outputPreparer: null, signatory: null },
    signatoryName: null,
    dataHash: '',
    editors: [],
    review: null,
    checklist: {},
    exceptions: [],
    vinHolder: null,
    approval: null,
    otherExtensions: [],
    waivers: [],
    settings: productSettings,
    ruleSet: ruleSetVersion(0),
    ...partial,
  };
}

export type RegisteredApproval = Pick<
  Approval,
  'number' | 'issuedOn' | 'expiresOn' | 'withdrawn' | 'categories' | 'covers' | 'ranges' | 'signatories'
>;

/** A member of whom nothing is known but the word of whoever invited them: the two may be one person. */
export interface Unproven {
  name: string;
  inviter: { id: string; name: string };
}

export interface ActiveWaiver {
  id: string;
  rule: string;
  /** The last day it holds. */
  endsOn: string;
  /** Where whoever approved it joined by a link that whoever asked for it handed over. */
  unproven?: Unproven | null;
}
