import { z } from 'zod';
import { Finding } from './finding.ts';
import { Day, Id, Moment } from './id.ts';

/**
 * proposed -> active | refused; proposed or active -> expired (past its end date) | revoked (withdrawn, or replaced by
 * its extension).
 */
export const WaiverState = z.enum(['proposed', 'active', 'refused', 'expired', 'revoked']);
export type WaiverState = z.infer<typeof WaiverState>;

/** Permission for one record to pass one rule until a day. */
export const Waiver = z.object({
  id: Id,
  record: Id,
  reference: z.string(),
  rule: z.string().describe('Rule id as in SPEC.md'),
  reason: z.string(),
  measure: z.string().describe('The compensating measure'),
  endsOn: Day.describe('Last day it holds'),
  state: WaiverState,
  requested: z.object({ by: Id, at: Moment }),
  decided: z.object({ by: Id, at: Moment, note: z.string().nullable() }).nullable(),
  revoked: z
    .object({ by: Id, at: Moment, why: z.string().nullable().describe('null: its extension was approved') })
    .nullable(),
  extends: Id.nullable().describe('The waiver whose end this one moves; it was approved again'),
});
export type Waiver = z.infer<typeof Waiver>;

export const WaiverProposal = z.object({
  rule: z.string().min(3).max(8),
  reason: z.string().trim().min(1).max(1000),
  measure: z.string().trim().min(1).max(1000),
  endsOn: Day,
});

/** The result of the proposal for each record that it names. */
export const WaiverOutcome = z.object({
  record: Id,
  reference: z.string(),
  waiver: Id.nullable().describe('null: refused, see findings'),
  findings: z.array(Finding),
});
export type WaiverOutcome = z.infer<typeof WaiverOutcome>;
