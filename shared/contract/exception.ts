import { z } from 'zod';
import { Day, Id, Moment } from './id.ts';
import { StageKey } from './stage.ts';

export const ExceptionKind = z.enum([
  'missingData',
  'format',
  'approvalGap',
  'contradiction',
  'validation',
  'signing',
  'delivery',
  'other',
]);
export type ExceptionKind = z.infer<typeof ExceptionKind>;

/** How much hangs on it: `critical` puts the release at risk, `major` stops the record, `minor` stops it for now. */
export const ExceptionSeverity = z.enum(['critical', 'major', 'minor']);
export type ExceptionSeverity = z.infer<typeof ExceptionSeverity>;

/** Whose turn it is. */
export const WaitingOn = z.enum(['us', 'others']);
export type WaitingOn = z.infer<typeof WaitingOn>;

/** Something that blocks a record. */
export const RecordException = z.object({
  id: Id,
  kind: ExceptionKind,
  severity: ExceptionSeverity,
  cause: z.string(),
  waitingFor: z.string().nullable().describe('Who or what is waited for'),
  waitingOn: WaitingOn,
  waited: z
    .object({ us: z.int(), others: z.int(), since: Moment })
    .describe('Whole seconds each side had before `since`, when the present side came to its turn'),
  blocks: StageKey.describe('The first stage it keeps the record out of'),
  rule: z.string().nullable().describe('The rule of the finding it was raised from'),
  entry: z.string().nullable().describe('Catalogue key of the entry it is about'),
  owner: Id.nullable(),
  raisedBy: Id,
  since: Moment,
  until: Day.nullable().describe('Expected to be closed by'),
  reopened: z.int().describe('How many times it came back'),
  closed: z.object({ by: Id, at: Moment, resolution: z.string() }).nullable(),
});
export type RecordException = z.infer<typeof RecordException>;

export const NewException = z.object({
  kind: ExceptionKind,
  severity: ExceptionSeverity.default('major'),
  cause: z.string().trim().min(1).max(500),
  waitingFor: z.string().trim().max(200).nullable(),
  waitingOn: WaitingOn.default('us'),
  blocks: StageKey.default('review'),
  rule: z.string().max(20).nullable().default(null),
  entry: z.string().max(80).nullable().default(null),
  owner: Id.nullable(),
  until: Day.nullable(),
});
