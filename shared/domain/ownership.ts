import type { Duty, RecordDuty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { isForward, stageOf, stagesLeft } from './operating-model.ts';
import { dutyOrder } from './duty-order.ts';

/**
 * `yes`: everybody who holds the duty in the scope. `own`: only on records where the person is assigned to the duty.
 */
type Leave = 'yes' | 'own';

/**
 * The permissions. Server, web and docs all read this table; anything that is not in it is not allowed. Administrators
 * of the organisation manage scopes and people; that role gives them no other permission.
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

/** A person with their permissions in a scope. */
export interface Actor {
  id: string;
  admin: boolean;
  duties: readonly Duty[];
}

/** The part of a record that permissions depend on; a card has all of it. */
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
 * O01. Null if the actor has the permission; otherwise a finding that states who has it. `act`: the permission's key;
 * `duties`: duty keys, with `.own` after those that count only on records where the person is assigned to them.
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

/**
 * Checks whether the actor may make this move, regardless of the gates; null if they may. The actor needs permission to
 * leave every stage that the move leaves.
 */
export function moveDenial(actor: Actor, record: Pick<Owned, 'stage' | 'duties'>, to: StageKey): Finding | null {
  if (to === record.stage) return permissionDenial('reorder', actor, record);
  if (!isForward(record.stage, to)) return permissionDenial('moveBack', actor, record);
  for (const stage of stagesLeft(record.stage, to)) {
    const refusal = permissionDenial(leaving[stage as keyof typeof leaving], actor, record);
    if (refusal) return refusal;
  }
  return null;
}

/**
 * O02. A duty on a record, or its next action, can only be assigned to a person who holds a fitting duty in the scope.
 */
export function dutyDenial(duty: Duty, assignee: Pick<Actor, 'duties'>): Finding | null {
  return assignee.duties.includes(duty) ? null : finding('O02', 'act.assignee', ['lead'], { duty });
}

/**
 * O03. The next action is handed over by its owner or the lead; an unowned one may be taken by a person whose duty fits
 * the stage.
 */
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
