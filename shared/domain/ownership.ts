import type { Duty, RecordDuty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward, stageOf, stagesLeft } from './operating-model.ts';
import { dutyOrder } from './duty-order.ts';

/** `yes`: whoever holds the duty in the scope. `own`: only on records where they are named for it. */
type Leave = 'yes' | 'own';

/**
 * Who may do what. Server, web and docs read this one table; what is not in it is not allowed.
 * Administrators of the organisation manage scopes and people and do nothing else by that office.
 */
export const ownership = {
  createRecords: { lead: 'yes', dataOwner: 'yes' },
  editData: { lead: 'yes', dataOwner: 'own' },
  reviewRecord: { reviewer: 'own' },
  assignDuties: { lead: 'yes' },
  raiseExceptions: {
    lead: 'yes',
    dataOwner: 'yes',
    reviewer: 'yes',
    outputPreparer: 'yes',
    signatory: 'yes',
  },
  discuss: {
    lead: 'yes',
    dataOwner: 'yes',
    reviewer: 'yes',
    outputPreparer: 'yes',
    signatory: 'yes',
  },
  reorder: {
    lead: 'yes',
    dataOwner: 'yes',
    reviewer: 'yes',
    outputPreparer: 'yes',
    signatory: 'yes',
  },
  moveBack: {
    lead: 'yes',
    dataOwner: 'own',
    reviewer: 'own',
    outputPreparer: 'own',
    signatory: 'own',
  },
  leaveIntake: { lead: 'yes', dataOwner: 'own' },
  leaveData: { lead: 'yes', dataOwner: 'own' },
  leaveReview: { lead: 'yes', reviewer: 'own' },
  leaveOutput: { lead: 'yes', outputPreparer: 'own' },
  leaveSigning: { lead: 'yes', signatory: 'own' },
  leaveDelivery: { lead: 'yes', outputPreparer: 'own' },
  manageApprovals: { lead: 'yes' },
  requestWaivers: {
    lead: 'yes',
    dataOwner: 'own',
    reviewer: 'own',
    outputPreparer: 'own',
    signatory: 'own',
  },
  decideWaivers: { lead: 'yes', reviewer: 'yes' },
  planReleases: { lead: 'yes', dataOwner: 'own' },
  leadStandups: {
    lead: 'yes',
    dataOwner: 'yes',
    reviewer: 'yes',
    outputPreparer: 'yes',
    signatory: 'yes',
  },
  recordAbsences: { lead: 'yes' },
  managePeople: { lead: 'yes' },
} as const satisfies Record<string, Partial<Record<Duty, Leave>>>;

export type Permission = keyof typeof ownership;

/** A person as a scope knows them. */
export interface Actor {
  id: string;
  admin: boolean;
  duties: readonly Duty[];
}

/** What ownership looks at on a record; a card has it all. */
export interface Owned {
  stage: StageKey;
  duties: Record<RecordDuty, string | null>;
  nextAction: { owner: string | null };
}

const leaving: Record<Exclude<StageKey, 'archive'>, Permission> = {
  intake: 'leaveIntake',
  data: 'leaveData',
  review: 'leaveReview',
  output: 'leaveOutput',
  signing: 'leaveSigning',
  delivery: 'leaveDelivery',
};

/**
 * O01. Null where the actor may; otherwise the finding that says whose act it is: `act` by its key, `duties` by theirs,
 * `.own` behind one that counts only on records where the person is named for it.
 */
export function permissionDenial(act: Permission, actor: Actor, record?: Pick<Owned, 'duties'>): Finding | null {
  const row: Partial<Record<Duty, Leave>> = ownership[act];
  const allowed = actor.duties.some((duty) => {
    if (row[duty] === 'yes') return true;
    return row[duty] === 'own' && record?.duties[duty as RecordDuty] === actor.id;
  });
  if (allowed) return null;
  const duties = dutyOrder.filter((duty) => row[duty] !== undefined);
  return finding('O01', 'act.duty', duties, {
    act,
    duties: duties.map((duty) => (row[duty] === 'own' ? `${duty}.own` : duty)).join(' '),
  });
}

/** Whether the actor may make this move, gates aside. Every stage left on the way is left by those who may leave it. */
export function moveDenial(actor: Actor, record: Pick<Owned, 'stage' | 'duties'>, to: StageKey): Finding | null {
  if (to === record.stage) return permissionDenial('reorder', actor, record);
  if (!isForward(record.stage, to)) return permissionDenial('moveBack', actor, record);
  for (const stage of stagesLeft(record.stage, to)) {
    const refusal = permissionDenial(leaving[stage as keyof typeof leaving], actor, record);
    if (refusal) return refusal;
  }
  return null;
}

/** O02. A duty on a record, or its next action, goes to somebody who holds a fitting duty in the scope. */
export function dutyDenial(duty: Duty, assignee: Pick<Actor, 'duties'>): Finding | null {
  return assignee.duties.includes(duty) ? null : finding('O02', 'act.assignee', ['lead'], { duty });
}

/** O03. The next action is handed over by its owner or the lead; an unowned one is taken by whose duty fits the stage. */
export function handOverDenial(actor: Actor, record: Owned, to: string | null): Finding | null {
  if (actor.duties.includes('lead') || record.nextAction.owner === actor.id) return null;
  const takes =
    record.nextAction.owner === null && to === actor.id && actor.duties.includes(stageOf(record.stage).owner);
  return takes ? null : finding('O03', 'act.owner', ['lead'], {});
}

/** O04. */
export function adminDenial(actor: Pick<Actor, 'admin'>): Finding | null {
  return actor.admin ? null : finding('O04', 'act.admin', [], {});
}

function finding(rule: string, key: string, mend: Duty[], params: Record<string, string>): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend };
}
