import { z } from 'zod';
import { Finding } from './finding.ts';
import { Day, Id } from './id.ts';
import { Card, Move } from './record.ts';
import { mostInSet } from './set-limit.ts';
import { StageKey } from './stage.ts';

/** Why one record of a bulk operation was not changed. */
export const SetRefusal = z.object({
  type: z.enum(['refused', 'forbidden', 'stale', 'not-found']),
  findings: z.array(Finding).describe('With `refused` and `forbidden`'),
  current: z.unknown().optional().describe('With `stale`: the value as it is now'),
});
export type SetRefusal = z.infer<typeof SetRefusal>;

/** The result for one record of a bulk operation: its current card, or why it was not changed. */
export const SetResult = z.object({
  record: Id,
  reference: z.string().nullable().describe('null: there is no such record here'),
  card: Card.nullable(),
  refusal: SetRefusal.nullable(),
});
export type SetResult = z.infer<typeof SetResult>;

/** Moves each of these records to the end of a stage. */
export const SetMove = z.object({
  to: StageKey,
  reason: Move.shape.reason,
  records: z
    .array(z.object({ record: Id, from: StageKey.describe('The stage the mover saw it in') }))
    .min(1)
    .max(mostInSet),
});

/** Assigns the next action of each of these records to one person. */
export const SetHandOver = z.object({
  to: Id.nullable(),
  what: z.string().trim().max(200).nullable(),
  due: Day.nullable(),
  records: z
    .array(z.object({ record: Id, from: Id.nullable().describe('Who owned its next action when the caller looked') }))
    .min(1)
    .max(mostInSet),
});
