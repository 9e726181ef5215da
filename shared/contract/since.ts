import { z } from 'zod';
import { TrailEvent } from './event.ts';
import { Id, Moment } from './id.ts';
import { Person } from './person.ts';
import { Board } from './record.ts';
import { StageKey } from './stage.ts';

export const ChangeKind = z.enum([
  'created',
  'movedOn',
  'movedBack',
  'blocked',
  'freed',
  'exceptionRaised',
  'exceptionClosed',
  'exceptionChanged',
  'handedOver',
  'assigned',
  'edited',
  'accepted',
  'returned',
  'gatesShut',
  'gatesOpened',
  'commented',
  'resolved',
  'ticked',
  'waiverChanged',
  'releasePlanned',
]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/**
 * One change on a record. `about`: the duty, the cause or the rule. `from` and `to`: stages, people or days, depending
 * on the kind. `stages`: the gates that opened or closed.
 */
export const RecordChange = z.object({
  seq: z.int(),
  at: Moment,
  by: Person.nullable().describe('null: the system itself'),
  kind: ChangeKind,
  about: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  stages: z.array(StageKey),
});
export type RecordChange = z.infer<typeof RecordChange>;

export const ChangedRecord = z.object({
  record: z.object({ id: Id, reference: z.string() }),
  created: z.boolean(),
  stage: z
    .object({ from: StageKey, to: StageKey })
    .nullable()
    .describe('Where it stood, and stands; null: it never moved'),
  blocked: z
    .object({ from: z.boolean(), to: z.boolean() })
    .nullable()
    .describe('Whether it was blocked, and is; null: that never changed'),
  changes: z.array(RecordChange).describe('Oldest first'),
});
export type ChangedRecord = z.infer<typeof ChangedRecord>;

/**
 * How many records moved forward, are newly blocked, and so on: the state at that time compared with the current state.
 */
export const ChangeTotals = z.object({
  records: z.int(),
  created: z.int(),
  movedOn: z.int(),
  movedBack: z.int(),
  blocked: z.int(),
  freed: z.int(),
  handedOver: z.int(),
  assigned: z.int(),
  edited: z.int(),
  judged: z.int(),
  commented: z.int(),
});
export type ChangeTotals = z.infer<typeof ChangeTotals>;

export const ChangesSince = z.object({
  since: z
    .object({ seq: z.int(), at: Moment })
    .nullable()
    .describe('What was asked for; null: there was no such standup or visit'),
  exactFrom: z
    .object({ seq: z.int(), at: Moment })
    .nullable()
    .describe('Where more happened than one answer holds: only what came after this is in it'),
  seq: z.int().describe('Up to this number'),
  totals: ChangeTotals,
  records: z.array(ChangedRecord).describe('Those last changed first'),
});
export type ChangesSince = z.infer<typeof ChangesSince>;

/**
 * `standup`: since the last standup that ended; `visit`: since my visit before the current one; otherwise a sequence
 * number of the trail or a moment.
 */
export const SinceWhat = z.union([z.enum(['standup', 'visit']), z.coerce.number().int().min(0), Moment]);
export type SinceWhat = z.infer<typeof SinceWhat>;

const Step = z.object({ back: z.int().nullable(), on: z.int().nullable() });

/** A board as it was right after one event. `next` of a column is valid only for the windows of the past board. */
export const PastBoard = Board.extend({
  at: Moment.nullable().describe('When that event happened; null: before the first one'),
  event: TrailEvent.nullable(),
  present: z.int().describe('The newest number of the trail'),
  steps: z.object({ event: Step, standup: Step, day: Step }).describe('Where a step back or on leads; null: nowhere'),
});
export type PastBoard = z.infer<typeof PastBoard>;

export const Visit = z.object({
  seqBefore: z.int().describe('How far the person had seen the board when their last visit ended'),
  atBefore: Moment,
});
