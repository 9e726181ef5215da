import type { Texts } from '../texts.ts';

export const stages: Texts['stages'] = {
  intake: 'Intake',
  data: 'Data',
  review: 'Review',
  output: 'Output',
  signing: 'Signing',
  delivery: 'Delivery',
  archive: 'Archive',
};

export const duties: Texts['duties'] = {
  lead: 'lead',
  dataOwner: 'data owner',
  reviewer: 'reviewer',
  outputPreparer: 'output preparer',
  signatory: 'signatory',
  observer: 'observer',
};

export const checklist: Texts['checklist'] = {
  source: 'Data taken from the released source',
  build: 'Checked against the production order',
  options: 'Optional equipment reflected in the masses',
  approval: 'Approval and extension compared with the register',
  plausible: 'Masses, tyres and emissions plausible',
  message: 'IVI message made from the reviewed revision',
  checked: 'Schema and content check passed',
  sealed: 'Message sealed and seal verified',
  accepted: 'Accepted reply of the access point filed',
};

export const acts: Texts['acts'] = {
  createRecords: 'create or import records',
  editData: 'edit the data',
  reviewRecord: 'review the record',
  assignDuties: 'assign duties',
  raiseExceptions: 'raise or close an exception',
  discuss: 'comment or tick',
  reorder: 'reorder cards',
  moveBack: 'move a record back',
  leaveIntake: 'move a record out of Intake',
  leaveData: 'move a record out of Data',
  leaveReview: 'move a record out of Review',
  leaveOutput: 'move a record out of Output',
  leaveSigning: 'move a record out of Signing',
  leaveDelivery: 'move a record out of Delivery',
  manageApprovals: 'change the approvals register',
  requestWaivers: 'ask for a waiver',
  decideWaivers: 'approve, refuse or revoke a waiver',
  planReleases: 'plan the release of a record',
  leadStandups: 'lead a standup or decide in it',
  recordAbsences: 'record when others are absent',
  managePeople: 'give people duties in this scope',
};
