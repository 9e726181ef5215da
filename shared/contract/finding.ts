import { z } from 'zod';
import { Duty } from './duty.ts';
import { Day, Id } from './id.ts';
import { StageKey } from './stage.ts';

/**
 * An `error` closes the gate; a `warning` leaves it open and stays attached to the verdict; an `info` only explains.
 */
export const Severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/**
 * One violated rule, as data. Only `sentence()` in `shared/text/sentence.ts` turns `key` and `params` into a sentence,
 * in the reader's language.
 */
export const Finding = z.object({
  rule: z.string().describe('Rule id as in SPEC.md, for example R02'),
  key: z.string().describe('Message key, for example vin.noIOQ'),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  severity: Severity,
  entry: z.string().nullable().describe('Catalogue key of the entry it is about, for example vin'),
  mend: z.array(Duty).describe('The duties whose holders can mend it'),
  waived: z
    .object({ waiver: Id, until: Day })
    .optional()
    .describe('An active waiver lets the record pass it; it travels with every verdict and is never hidden'),
});
export type Finding = z.infer<typeof Finding>;

/**
 * Version of a rule set, for example `1.4`: the product's edition, then the version of the organisation's own settings.
 */
export const RuleSetVersion = z.string().regex(/^\d+\.\d+$/);

/** The verdict on one record and one stage: whether the gate is open, and all findings. */
export const Verdict = z.object({
  stage: StageKey,
  open: z.boolean(),
  findings: z.array(Finding),
});
export type Verdict = z.infer<typeof Verdict>;

/** Summary of the verdict on one stage when the record was last written, small enough to be part of a card. */
export const GateMark = z.object({
  stage: StageKey,
  asks: z.int().describe('How many things this gate asks of the record'),
  errors: z.int().describe('How many of them are not met and not waived'),
  repeats: z.int().describe('How many of these errors a gate before it says too'),
  warnings: z.int(),
  waived: z.int().describe('How many are not met and pass by a waiver'),
  first: Finding.nullable().describe('The first finding that shuts the gate'),
});
export type GateMark = z.infer<typeof GateMark>;
