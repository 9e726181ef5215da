import type { Approval } from '#shared/contract/approval.ts';
import type { RecordDuty } from '#shared/contract/duty.ts';
import type { ExceptionKind } from '#shared/contract/exception.ts';
import type { DataTree } from '#shared/contract/record.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import type { ScopeState } from '#shared/contract/scope.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { productSettings, ruleSetVersion } from './rule-set.ts';

/** Counts of the checklist items of one stage. */
export interface ChecklistTally {
  required: number;
  requiredDone: number;
  total: number;
  done: number;
  /** Ids of the ticked items, in order. */
  ticked: readonly string[];
}

/**
 * Everything that a rule may depend on, read from committed rows in one transaction. Dates are passed in.
 * `server/commands/gather-facts.ts` builds it; tests build it with `test/support/facts.ts`.
 */
export interface Facts {
  /** The day of judging, `YYYY-MM-DD`. */
  today: string;
  scope: { state: ScopeState };
  duties: Record<RecordDuty, string | null>;
  /** Name of the person assigned as signatory. */
  signatoryName: string | null;
  data: DataTree;
  dataHash: string;
  /** Everyone who typed a value of the current data; imported values belong to the file, not to a person. */
  editors: readonly string[];
  /** The newest review, even if it is stale. `ticked`: the ticked checklist items that it is based on. */
  review: {
    reviewer: string;
    dataHash: string;
    ruleSet: string;
    ticked: readonly string[];
    outcome: 'accepted' | 'returned';
    /** Set if the reviewer joined by an invitation link that somebody gave them and no mail proved their address. */
    unproven?: Unproven | null;
  } | null;
  checklist: Partial<Record<StageKey, ChecklistTally>>;
  /** Open exceptions only. */
  exceptions: readonly { kind: ExceptionKind; cause: string; blocks: StageKey }[];
  /** Reference of another record with the same VIN at the same build stage. */
  vinHolder: string | null;
  /** The register's approval for the approval number in the data. */
  approval: RegisteredApproval | null;
  /** If the register does not have it: the other extensions of the same approval in the register. */
  otherExtensions: readonly string[];
  /** Active waivers only. */
  waivers: readonly ActiveWaiver[];
  /** The organisation's rule settings; `ruleSet`: the resulting version of the rule set. */
  settings: RuleSettings;
  ruleSet: string;
}

/** Facts of a record that nobody has worked on yet. */
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

/** A member whose identity is vouched for only by the person who invited them: both may be the same person. */
export interface Unproven {
  name: string;
  inviter: { id: string; name: string };
}

export interface ActiveWaiver {
  id: string;
  rule: string;
  /** Last day on which the waiver is active. */
  endsOn: string;
  /** Set if the approver joined by an invitation link that the person who requested the waiver gave them. */
  unproven?: Unproven | null;
}
