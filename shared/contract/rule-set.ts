import { z } from 'zod';
import { Severity } from './finding.ts';
import { Id, Moment } from './id.ts';
import { StageKey } from './stage.ts';

/** What an organisation sets differently in the rules. What is left out is as SPEC.md says. */
export const RuleSettings = z.object({
  severities: z.record(z.string().max(8), Severity).describe('By rule id'),
  wmis: z
    .array(z.string().regex(/^[A-HJ-NPR-Z0-9]{3}$/, 'Three capital letters or digits, without I, O and Q.'))
    .max(50)
    .describe('World manufacturer identifiers of the organisation, VIN positions 1 to 3; empty: R05 asks nothing'),
  waiverDays: z.int().min(1).max(730).describe('Longest time a waiver may hold, in days'),
});
export type RuleSettings = z.infer<typeof RuleSettings>;

/** One version of an organisation's rules. Version 0 is the product's own. */
export const RuleSet = z.object({
  version: z.int(),
  settings: RuleSettings,
  note: z.string().nullable(),
  changed: z.object({ by: Id, name: z.string(), at: Moment }).nullable(),
});
export type RuleSet = z.infer<typeof RuleSet>;

/** A rule as the organisation may set it. */
export const RuleLine = z.object({
  id: z.string(),
  key: z.string(),
  stages: z.array(StageKey).describe('The gates that ask it'),
  severity: Severity.describe('As the product has it'),
  fixed: z.boolean().describe('It can be neither lowered nor waived'),
});
export type RuleLine = z.infer<typeof RuleLine>;

/** One record, or one move, that would be judged otherwise. */
const Otherwise = z.object({
  record: Id,
  reference: z.string(),
  stage: StageKey.describe('The gate that would answer otherwise'),
  opens: z.boolean().describe('true: it would open; false: it would shut'),
  rules: z.array(z.string()).describe('The rules that make the difference'),
});

/** What a change would do: today's records, and the moves of the last 90 days. */
export const RuleTrial = z.object({
  id: Id,
  state: z.enum(['running', 'done']),
  settings: RuleSettings,
  records: z.object({
    judged: z.int(),
    of: z.int(),
    otherwise: z.int(),
    first: z.array(Otherwise).describe('At most 200'),
  }),
  moves: z.object({
    judged: z.int(),
    of: z.int(),
    otherwise: z.int(),
    first: z.array(Otherwise.extend({ at: Moment, by: z.string().nullable() })).describe('At most 200'),
  }),
});
export type RuleTrial = z.infer<typeof RuleTrial>;
