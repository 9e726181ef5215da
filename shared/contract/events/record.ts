import { z } from 'zod';
import { RecordDuty } from '../duty.ts';
import { RuleSetVersion, Verdict } from '../finding.ts';
import { Day, Id, Moment } from '../id.ts';
import { DataEdit, Review, ReturnReason, RevisionSource } from '../record.ts';
import { StageKey } from '../stage.ts';
import { eventSchema } from './event-schema.ts';

/** Of an undo: the operation it undid. */
const takesBack = Id.optional();
/** Of open work that was taken from a person who left the scope: that person. */
const departed = Id.optional();

/** The place of a card and its next action. */
const Place = z.object({
  stage: StageKey,
  owner: Id.nullable(),
  // Rows from before moves could be undone lack these.
  rank: z.string().optional(),
  nextAction: z.string().nullable().optional(),
  dueOn: Day.nullable().optional(),
});

const NextAction = z.object({ what: z.string().nullable(), owner: Id.nullable(), due: Day.nullable() });

export const recordEvents = [
  eventSchema('record.created', {
    after: z.object({ stage: StageKey, vin: z.string().nullable(), category: z.string().nullable() }),
  }),
  eventSchema('record.moved', {
    // Rows from before the time in a stage was counted lack `stageSince`.
    before: Place.extend({ stageSince: Moment.optional() }),
    after: Place,
    reason: z.string().optional().describe('Given when a card moves back'),
    takesBack,
    verdict: Verdict,
    // Rows from before rules could be set lack it.
    ruleSet: RuleSetVersion.optional(),
  }),
  eventSchema('record.edited', {
    revision: z.int(),
    hash: z.string(),
    edits: z.array(DataEdit).readonly(),
    source: RevisionSource.shape.kind,
  }),
  eventSchema('record.reviewed', {
    revision: z.int(),
    hash: z.string(),
    // Rows from before rules could be set lack it.
    ruleSet: RuleSetVersion.optional(),
    outcome: Review.shape.outcome,
    // Rows from before reasons were asked for lack it.
    reasons: z.array(ReturnReason).optional(),
    note: z.string().nullable(),
  }),
  eventSchema('record.assigned', {
    duty: RecordDuty,
    before: Id.nullable(),
    after: Id.nullable(),
    follows: z.boolean().optional().describe('true: the next action went with the duty'),
    takesBack,
    departed,
  }),
  eventSchema('record.handedOver', { before: NextAction, after: NextAction, takesBack, departed }),
  eventSchema('record.judged', {
    cause: z.string(),
    shut: z.array(StageKey).describe('The gates that shut'),
    opened: z.array(StageKey).describe('The gates that opened'),
  }),
  eventSchema('record.releasePlanned', { before: Day.nullable(), after: Day.nullable() }),
  eventSchema('record.renumbered', { stage: StageKey, rank: z.string() }),
] as const;
