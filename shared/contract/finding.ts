import { z } from 'zod';
import { Duty } from './duty.ts';
import { Day, Id } from './id.ts';
import { StageKey } from './stage.ts';

/** `error` shuts the gate, `warning` opens it and travels with it, `info` explains. */
export const Severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/**
 * One failing rule, as data. The sentence a person reads is written from `key` and `params` by `sentence()`
 * in `shared/domain/sentences`, in the reader's language, and nowhere else.
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

/** Of a set of rules: the edition the product brings, and the version of what the organisation sets differently. `1.4`. */
export const RuleSetVersion = z.string().regex(/^\d+\.\d+$/);

/** For one record and one stage: open or shut, with everything that speaks for or against it. */
export const Verdict = z.object({
  stage: StageKey,
  open: z.boolean(),
  findings: z.array(Finding),
});
export type Verdict = z.infer<typeof Verdict>;

/** What the gate in front of one stage said when the record was last written: short enough to travel on a card. */
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
