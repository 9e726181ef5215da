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

/** Something that blocks a record. */
export const RecordException = z.object({
  id: Id,
  kind: ExceptionKind,
  cause: z.string(),
  waitingFor: z.string().nullable(),
  blocks: StageKey.describe('The first stage it keeps the record out of'),
  owner: Id.nullable(),
  raisedBy: Id,
  since: Moment,
  until: Day.nullable(),
  closed: z.object({ by: Id, at: Moment, resolution: z.string() }).nullable(),
});
export type RecordException = z.infer<typeof RecordException>;

export const NewException = z.object({
  kind: ExceptionKind,
  cause: z.string().trim().min(1).max(500),
  waitingFor: z.string().trim().max(200).nullable(),
  blocks: StageKey.default('review'),
  owner: Id.nullable(),
  until: Day.nullable(),
});
