import type { Duty } from '#shared/contract/duty.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Rule } from './rule.ts';
import { approvalCountry, approvalForm, provisionalTerritories } from './rules/approval.ts';
import { axleCount, axlesPowered, axleSpacings, axlesSteeredTwin } from './rules/axles.ts';
import { bodyOfCategory, colourOfCategory, doorSum, seatsOfCategory } from './rules/body.ts';
import { checklistDone } from './rules/checklist.ts';
import { calledForEntries, likelyEntries } from './rules/conditional.ts';
import { noCouplingOnM1 } from './rules/coupling.ts';
import { datesInOrder } from './rules/dates.ts';
import { dimensionsPlausible } from './rules/dimensions.ts';
import { dataOwnerAssigned, reviewerAssigned, reviewerNotDataOwner, signatoryAssigned } from './rules/duties.ts';
import { categoryKnown, codesMeant, entriesInFormat, mandatoryEntries, noBlanksAround } from './rules/entries.ts';
import { noExceptionBeforeOutput, noExceptionBeforeReview } from './rules/exceptions.ts';
import { indicatorsExplicit, nothingForeign } from './rules/foreign.ts';
import { latinIdentifiers } from './rules/look-alikes.ts';
import { massAxleSum, massCombination, massDistribution, massOfCategory, massOrder } from './rules/masses.ts';
import { combustionEngine, hybrid, pureElectric, pureElectricFuel } from './rules/powertrain.ts';
import {
  approvalInForce,
  categoryCovered,
  insideAllowedRanges,
  signatoryAuthorised,
  vehicleCovered,
  wmiKnown,
} from './rules/register.ts';
import { approverIsSomebodyElse, reviewerIsSomebodyElse } from './rules/second-identity.ts';
import { fourEyes, reviewedOnPresentRevision, reviewedUnderTheseRules } from './rules/review.ts';
import { scopeOpen } from './rules/scope.ts';
import { completeVehicle, incompleteVehicle, previousStage, stageOwes } from './rules/build-stage.ts';
import { towingTable } from './rules/towing.ts';
import { tyreFitted, tyreLoad, tyreSpeed } from './rules/tyres.ts';
import { usualValues } from './rules/usual.ts';
import { vectoHashes } from './rules/vecto.ts';
import { vinCheckDigit, vinEnd, vinForm, vinLetters, vinUnique } from './rules/vin.ts';
import { co2Plausible, consumptionPlausible, ecoInnovations, wltpComplete, wltpFamilies } from './rules/wltp.ts';

const identity: readonly Rule[] = [vinForm, vinLetters, vinCheckDigit, vinEnd, vinUnique, categoryKnown];
const whole: readonly Rule[] = [
  mandatoryEntries,
  calledForEntries,
  likelyEntries,
  entriesInFormat,
  codesMeant,
  noBlanksAround,
  latinIdentifiers,
  usualValues,
];
const builtInStages: readonly Rule[] = [completeVehicle, previousStage, incompleteVehicle, stageOwes];
const approval: readonly Rule[] = [approvalForm, approvalCountry, provisionalTerritories, datesInOrder];
const construction: readonly Rule[] = [axleCount, axlesPowered, axlesSteeredTwin, axleSpacings, dimensionsPlausible];
const masses: readonly Rule[] = [
  massOrder,
  massAxleSum,
  massDistribution,
  massCombination,
  massOfCategory,
  towingTable,
];
const body: readonly Rule[] = [doorSum, seatsOfCategory, bodyOfCategory, colourOfCategory, noCouplingOnM1];
const ofCategory: readonly Rule[] = [indicatorsExplicit, nothingForeign];
const power: readonly Rule[] = [pureElectric, pureElectricFuel, hybrid, combustionEngine];
const emissions: readonly Rule[] = [
  wltpComplete,
  wltpFamilies,
  co2Plausible,
  consumptionPlausible,
  ecoInnovations,
  vectoHashes,
];
const tyres: readonly Rule[] = [tyreFitted, tyreLoad, tyreSpeed];

/** Rules that compare the record with the approvals register. */
const register: readonly Rule[] = [approvalInForce, vehicleCovered, categoryCovered, insideAllowedRanges];

/** All requirements on the certificate itself before its review; these rules depend on its data and the day. */
export const certificateRules: readonly Rule[] = [
  ...whole,
  ...builtInStages,
  ...approval,
  ...construction,
  ...masses,
  ...body,
  ...ofCategory,
  ...power,
  ...emissions,
  ...tyres,
];

/** A stage: a column of the board, the duty that owns the next action in it, and its gate. */
export interface Stage {
  key: StageKey;
  owner: Duty;
  gate: readonly Rule[];
}

/** An id never changes its meaning: documents, events and reviews store it. */
export type ChecklistItemId =
  'source' | 'build' | 'options' | 'approval' | 'plausible' | 'message' | 'checked' | 'sealed' | 'accepted';

/** A checklist item that every record of the scope starts with. */
export interface ChecklistItem {
  id: ChecklistItemId;
  stage: StageKey;
  required: boolean;
  duty: Duty;
}

export interface OperatingModel {
  stages: readonly Stage[];
  checklist: readonly ChecklistItem[];
}

export const defaultModel: OperatingModel = {
  stages: [
    { key: 'intake', owner: 'lead', gate: [scopeOpen] },
    {
      key: 'data',
      owner: 'dataOwner',
      gate: [...identity, wmiKnown, dataOwnerAssigned],
    },
    {
      key: 'review',
      owner: 'reviewer',
      gate: [
        ...certificateRules,
        ...register,
        checklistDone.data,
        noExceptionBeforeReview,
        reviewerAssigned,
        reviewerNotDataOwner,
      ],
    },
    {
      key: 'output',
      owner: 'outputPreparer',
      gate: [
        reviewedOnPresentRevision,
        reviewedUnderTheseRules,
        fourEyes,
        reviewerIsSomebodyElse,
        approverIsSomebodyElse,
        checklistDone.review,
        noExceptionBeforeOutput,
      ],
    },
    {
      key: 'signing',
      owner: 'signatory',
      gate: [checklistDone.output, signatoryAssigned, signatoryAuthorised, noExceptionBeforeOutput],
    },
    {
      key: 'delivery',
      owner: 'outputPreparer',
      gate: [checklistDone.signing, noExceptionBeforeOutput],
    },
    { key: 'archive', owner: 'lead', gate: [checklistDone.delivery, noExceptionBeforeOutput] },
  ],
  checklist: [
    { id: 'source', stage: 'data', required: true, duty: 'dataOwner' },
    { id: 'build', stage: 'data', required: true, duty: 'dataOwner' },
    {
      id: 'options',
      stage: 'data',
      required: false,
      duty: 'dataOwner',
    },
    {
      id: 'approval',
      stage: 'review',
      required: true,
      duty: 'reviewer',
    },
    {
      id: 'plausible',
      stage: 'review',
      required: true,
      duty: 'reviewer',
    },
    {
      id: 'message',
      stage: 'output',
      required: true,
      duty: 'outputPreparer',
    },
    {
      id: 'checked',
      stage: 'output',
      required: true,
      duty: 'outputPreparer',
    },
    { id: 'sealed', stage: 'signing', required: true, duty: 'signatory' },
    {
      id: 'accepted',
      stage: 'delivery',
      required: true,
      duty: 'outputPreparer',
    },
  ],
};

export const stageKeys: readonly StageKey[] = defaultModel.stages.map((stage) => stage.key);

export function stageOf(key: StageKey): Stage {
  return defaultModel.stages[stageKeys.indexOf(key)]!;
}

export function isForward(from: StageKey, to: StageKey): boolean {
  return stageKeys.indexOf(to) > stageKeys.indexOf(from);
}

/**
 * The stages whose gates decide a move. Backward: none. Forward: every stage up to the target, including those already
 * passed, because a regression stops the record from moving on.
 */
export function stagesAsked(from: StageKey, to: StageKey): readonly StageKey[] {
  return isForward(from, to) ? stageKeys.slice(0, stageKeys.indexOf(to) + 1) : [];
}

/** The stages that a forward move leaves. Each requires permission to leave it. */
export function stagesLeft(from: StageKey, to: StageKey): readonly StageKey[] {
  return stageKeys.slice(stageKeys.indexOf(from), Math.max(stageKeys.indexOf(to), stageKeys.indexOf(from)));
}

/** The next stage; null after the last one. */
export function nextStage(key: StageKey): StageKey | null {
  return stageKeys[stageKeys.indexOf(key) + 1] ?? null;
}
