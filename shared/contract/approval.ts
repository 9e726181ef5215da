import { z } from 'zod';
import { Day, Id, Moment } from './id.ts';
import { issue } from './issue-key.ts';

/** Derived from the dates of the approval alone; see `approvalState` in `shared/domain/approvals.ts`. */
export const ApprovalState = z.enum(['pending', 'granted', 'expired', 'withdrawn']);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** A type and the variant and version covered; null covers all of them. Comparison is exact and case-sensitive. */
export const Coverage = z.object({
  type: z.string().trim().min(1).max(15),
  variant: z.string().trim().min(1).max(25).nullable(),
  version: z.string().trim().min(1).max(35).nullable(),
});
export type Coverage = z.infer<typeof Coverage>;

/**
 * The values that the approval allows for one entry: a numeric range in the entry's unit, or a list of texts (tyre
 * sizes, families).
 */
export const AllowedRange = z.object({
  entry: z.string().min(1).max(80).describe('Catalogue key of the entry, for example actualMass'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  oneOf: z.array(z.string().min(1).max(100)).max(100).nullable(),
});
export type AllowedRange = z.infer<typeof AllowedRange>;

export const Signatory = z.object({
  name: z.string().trim().min(1).max(100),
  position: z.string().trim().max(100).nullable(),
});
export type Signatory = z.infer<typeof Signatory>;

export const OfficialReference = z.object({
  label: z.string().trim().min(1).max(120),
  url: z.url({ protocol: /^https?$/, error: issue('url.form') }).max(500),
});
export type OfficialReference = z.infer<typeof OfficialReference>;

/** Everything that people enter for one approval at one extension. */
export const ApprovalContent = z.object({
  issuedOn: Day.nullable().describe('Issue date of the extension; null: applied for, not granted yet'),
  expiresOn: Day.nullable().describe('Last day it is in force; null: without end'),
  authority: z.string().trim().max(120).nullable(),
  smallSeries: z.boolean(),
  categories: z.array(z.string().min(2).max(5)).max(40).describe('Codes of entry 0.4; empty: not restricted'),
  covers: z.array(Coverage).max(2000),
  ranges: z.array(AllowedRange).max(200),
  signatories: z.array(Signatory).max(200).describe('Who may sign certificates under it'),
  manufacturer: z.string().trim().max(150).nullable(),
  representative: z.string().trim().max(150).nullable().describe('Of the manufacturer in the Union'),
  references: z.array(OfficialReference).max(50),
});
export type ApprovalContent = z.infer<typeof ApprovalContent>;

export const NewApproval = ApprovalContent.extend({
  number: z
    .string()
    .min(1)
    .max(60)
    .describe('With its extension, in any accepted notation; kept as typed beside the normal form'),
});

/** A file attached to an approval. Its bytes are stored once, under their SHA-256. */
export const ApprovalFile = z.object({
  hash: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  addedBy: Id,
  at: Moment,
});
export type ApprovalFile = z.infer<typeof ApprovalFile>;

/** One approval at one extension: the unit that a record references. */
export const Approval = ApprovalContent.extend({
  id: Id,
  number: z.string().describe('Normal form with extension: e4*2018/858*00411*02'),
  base: z.string().describe('Without extension: e4*2018/858*00411'),
  extension: z.string().describe('Two digits, 00 for the first'),
  typed: z.string().describe('The number as it was typed'),
  withdrawn: z.object({ on: Day, why: z.string() }).nullable(),
  state: ApprovalState.describe('Today'),
  version: z.int().describe('Grows by one with every change'),
  files: z.array(ApprovalFile),
});
export type Approval = z.infer<typeof Approval>;

/** One row of the register. */
export const ApprovalSummary = Approval.pick({
  id: true,
  number: true,
  issuedOn: true,
  expiresOn: true,
  categories: true,
  authority: true,
  withdrawn: true,
  state: true,
}).extend({
  types: z.array(z.string()).describe('Distinct types it covers'),
  records: z.int().describe('Records that hang on it; at most 1000 are counted'),
  fallen: z.int().describe('Of them, those that no longer stand where they are; at most 1000 are counted'),
});
export type ApprovalSummary = z.infer<typeof ApprovalSummary>;
