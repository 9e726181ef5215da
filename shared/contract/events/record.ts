import { z } from 'zod';
import { RecordDuty } from '../duty.ts';
import { RuleSetVersion, Verdict } from '../finding.ts';
import { Day, Id, Moment } from '../id.ts';
import { DataEdit, Review, ReturnReason, RevisionSource } from '../record.ts';
import { StageKey } from '../stage.ts';
import { eventSchema } from './event-schema.ts';

/** Set on an undo: the id of the operation that was undone. */
const takesBack = Id.optional();
/** Set when open work is taken from a person who left the scope: that person's id. */
const departed = Id.optional();

/** The position of a card and its next action. */
const Place = z.object({
  stage: StageKey,
  owner: Id.nullable(),
  // Missing in events written before moves could be undone.
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
    // `stageSince` is missing in events written before the time in a stage was measured.
    before: Place.extend({ stageSince: Moment.optional() }),
    after: Place,
    reason: z.string().optional().describe('Given when a card moves back'),
    takesBack,
    verdict: Verdict,
    // Missing in events written before rules were configurable.
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
    // Missing in events written before rules were configurable.
    ruleSet: RuleSetVersion.optional(),
    outcome: Review.shape.outcome,
    // Missing in events written before reasons were required.
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
