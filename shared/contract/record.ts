import { z } from 'zod';
import { DataNode, DataTree } from './data-tree.ts';
import { RecordDuty } from './duty.ts';
import { GateMark, RuleSetVersion, Verdict } from './finding.ts';
import { Day, Id, Moment } from './id.ts';
import { StageKey } from './stage.ts';
import { Approval } from './approval.ts';
import { RecordException } from './exception.ts';
import { RuleSettings } from './rule-set.ts';
import { Waiver } from './waiver.ts';
import { issue } from './issue-key.ts';

export { DataNode, DataTree };

/**
 * State of the newest review relative to the current data. `stale`: the data or ticks that it is based on have changed.
 * `none`: nobody has reviewed the record.
 */
export const ReviewStanding = z.enum(['none', 'accepted', 'returned', 'stale']);
export type ReviewStanding = z.infer<typeof ReviewStanding>;

/** Everything that a card shows: one row of `records`, read in one index scan. */
export const Card = z.object({
  id: Id,
  reference: z.string(),
  version: z.int().describe('Grows by one with every write of the record'),
  stage: StageKey,
  rank: z.string().describe('Order within the stage; ties are broken by id'),
  stageSince: Moment,
  make: z.string().nullable(),
  type: z.string().nullable(),
  variant: z.string().nullable(),
  typeVersion: z.string().nullable(),
  commercialName: z.string().nullable(),
  category: z.string().nullable(),
  vin: z.string().nullable(),
  duties: z.record(RecordDuty, Id.nullable()),
  editors: z.array(Id).describe('Who edited the present data'),
  nextAction: z.object({ what: z.string().nullable(), owner: Id.nullable(), due: Day.nullable() }),
  releaseOn: Day.nullable().describe('The day on which the vehicle is to be released'),
  gates: z.array(GateMark).describe('One per stage, in the order of the stages'),
  blocked: z.object({ count: z.int(), reason: z.string().nullable() }),
  fallen: z.boolean().describe('Some gate it already passed is shut now'),
  waived: z.int().describe('Active waivers'),
  review: ReviewStanding,
  comments: z.object({ count: z.int(), unresolved: z.int() }),
  checklist: z.object({ done: z.int(), total: z.int() }),
});
export type Card = z.infer<typeof Card>;

/** The part of a record that search results show. */
export const FoundRecord = Card.pick({
  id: true,
  reference: true,
  stage: true,
  make: true,
  type: true,
  commercialName: true,
  vin: true,
});
export type FoundRecord = z.infer<typeof FoundRecord>;

export const RevisionSource = z.object({
  kind: z.enum(['typed', 'import', 'api']),
  file: z.string().optional(),
  row: z.int().optional(),
});
export type RevisionSource = z.infer<typeof RevisionSource>;

/** Why a record was returned. `entry`: a catalogue key; null: the record as a whole. */
export const ReturnReason = z.object({
  entry: z.string().max(80).nullable(),
  text: z.string().trim().min(1).max(500),
});
export type ReturnReason = z.infer<typeof ReturnReason>;

/** A decision by a named person on exactly this data, this rule set and these ticks. */
export const Review = z.object({
  id: Id,
  revision: z.int(),
  dataHash: z.string(),
  ruleSet: RuleSetVersion,
  ticked: z.array(z.string()).describe('The items of the data and review checklists that were ticked'),
  reviewer: Id,
  outcome: z.enum(['accepted', 'returned']),
  reasons: z.array(ReturnReason).describe('With `returned`'),
  note: z.string().nullable(),
  at: Moment,
});
export type Review = z.infer<typeof Review>;

/** Everything that the record page shows, except the document (comments, checklist), which has its own socket. */
export const RecordDetail = z.object({
  card: Card,
  scope: Id,
  data: DataTree,
  revision: z.int(),
  editedBy: Id.nullable(),
  editedAt: Moment,
  verdicts: z.array(Verdict).describe('One per stage; each with the findings of its own gate only'),
  ruleSet: RuleSetVersion.describe('The rules they were judged by'),
  settings: RuleSettings.describe('What the organisation sets differently in them'),
  approval: Approval.omit({ files: true })
    .nullable()
    .describe('What the register has under the approval number of the data'),
  waivers: z.array(Waiver).describe('Newest first'),
  exceptions: z.array(RecordException),
  reviews: z.array(Review),
});
export type RecordDetail = z.infer<typeof RecordDetail>;

/**
 * Sets one entry of a record's data to a new text. `from`: the value that the editor saw; if the current value differs,
 * the edit is stale.
 */
export const DataEdit = z.object({
  path: z
    .string()
    .max(500)
    .refine((path) => !/(?<!\w)__proto__(?!\w)/.test(path), issue('key.unknown'))
    .describe(
      'Element path, for example CocDataGroup/MassGroup/ActualMass or CocDataGroup/AxleTable/AxleGroup/0/AxleTrack',
    ),
  from: DataNode.nullable().describe('The value the editor saw; null: the element was absent'),
  to: DataNode.nullable().describe('The new value; null removes the element'),
});
export type DataEdit = z.infer<typeof DataEdit>;

export const NewRecord = z.object({
  data: DataTree,
  source: RevisionSource,
  sourceKey: z
    .string()
    .max(200)
    .nullable()
    .describe('Names the row it came from; the same key twice creates one record'),
});
export type NewRecord = z.infer<typeof NewRecord>;

export const Move = z.object({
  from: StageKey.describe('The stage the mover saw the card in'),
  to: StageKey,
  after: Id.nullable().optional().describe('The card it goes below; null: to the top; left out: to the end'),
  reason: z.string().trim().max(500).optional().describe('Asked for when moving back'),
  seen: z
    .base64()
    .max(20_000)
    .optional()
    .describe('State vector of the record document the mover saw: the gate is asked once all of it is committed'),
});
export type Move = z.infer<typeof Move>;

export const DutyAssignment = z.object({ duty: RecordDuty, from: Id.nullable(), to: Id.nullable() });

export const HandOver = z.object({
  from: Id.nullable().describe('Who owned the next action when the caller looked'),
  to: Id.nullable(),
  what: z.string().trim().max(200).nullable(),
  due: Day.nullable(),
});

export const NewReview = z.object({
  revision: z.int32().describe('The data revision that was read'),
  outcome: z.enum(['accepted', 'returned']),
  reasons: z.array(ReturnReason).max(100).default([]).describe('Of a record that is returned: what has to be mended'),
  note: z.string().trim().max(2000).nullable(),
});

const flag = z.union([z.boolean(), z.stringbool()]);

/** Filter for the cards of a board; stored in the board's URL. */
export const CardFilter = z.object({
  owner: Id.optional().describe('Owner of the next action'),
  mine: flag.optional(),
  unowned: flag.optional().describe('Nobody owns the next action; the archive, where nothing is to be done, left out'),
  blocked: flag.optional().describe('An exception is open, or a gate it already passed is shut now'),
  text: z.string().max(100).optional().describe('Any part of VIN, reference, make, type, variant or version'),
});
export type CardFilter = z.infer<typeof CardFilter>;

/** Pagination key: rank and id of the last card of a window. */
export const WindowKey = z
  .string()
  .regex(/^[0-9A-Za-z]{1,1000} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, issue('cursor.foreign'));

export const Column = z.object({
  stage: StageKey,
  count: z.int().describe('All cards of the stage; with a filter, at most 1000 are counted'),
  waived: z.int().describe('Cards of the stage that carry an active waiver, whatever the filter'),
  cards: z.array(Card),
  next: WindowKey.nullable().describe('Key of the following window; null: there is none'),
});
export type Column = z.infer<typeof Column>;

export const Board = z.object({ scope: Id, seq: z.int(), columns: z.array(Column) });
export type Board = z.infer<typeof Board>;
