import { z } from 'zod';
import { Severity } from './finding.ts';
import { Id, Moment } from './id.ts';
import { StageKey } from './stage.ts';

/** The rule settings in which an organisation differs from the product. SPEC.md defines the defaults. */
export const RuleSettings = z.object({
  severities: z.record(z.string().max(8), Severity).describe('By rule id'),
  wmis: z
    .array(z.string().trim().max(20))
    .max(50)
    .describe(
      'World manufacturer identifiers of the organisation: VIN positions 1 to 3, and 12 to 14 after a 9 in third place; empty: R05 asks nothing',
    ),
  waiverDays: z.int().describe('Longest time a waiver may hold, in days: 1 to 730'),
});
export type RuleSettings = z.infer<typeof RuleSettings>;

/** One version of an organisation's rules. Version 0 is the product's default. */
export const RuleSet = z.object({
  version: z.int(),
  settings: RuleSettings,
  note: z.string().nullable(),
  changed: z.object({ by: Id, name: z.string(), at: Moment }).nullable(),
});
export type RuleSet = z.infer<typeof RuleSet>;

/** A rule, as listed for an organisation's rule settings. */
export const RuleLine = z.object({
  id: z.string(),
  key: z.string(),
  stages: z.array(StageKey).describe('The gates that ask it'),
  severity: Severity.describe('As the product has it'),
  fixed: z.boolean().describe('It can be neither lowered nor waived'),
});
export type RuleLine = z.infer<typeof RuleLine>;

/** One record or one move for which judging would give a different result. */
export const Otherwise = z.object({
  scope: Id,
  record: Id,
  reference: z.string(),
  stage: StageKey.describe('The gate that would answer otherwise'),
  opens: z.boolean().describe('true: it would open; false: it would shut'),
  rules: z.array(z.string()).describe('The rules that make the difference'),
});
export type Otherwise = z.infer<typeof Otherwise>;

export const MoveOtherwise = Otherwise.extend({
  at: Moment,
  by: z.string().nullable(),
  already: z.boolean().describe('The rules that hold now would refuse it too'),
});
export type MoveOtherwise = z.infer<typeof MoveOtherwise>;

/** The effect of a settings change on today's records and on the moves of the last 90 days. */
export const RuleTrial = z.object({
  id: Id,
  state: z.enum(['running', 'done']),
  settings: RuleSettings,
  records: z.object({
    judged: z.int(),
    of: z.int(),
    otherwise: z.int(),
    first: z.array(Otherwise).describe('At most 200, of scopes that the reader may see'),
  }),
  moves: z.object({
    judged: z.int(),
    of: z.int(),
    otherwise: z.int(),
    already: z.int().describe('How many of those the rules that hold now would refuse too'),
    first: z.array(MoveOtherwise).describe('At most 200, of scopes that the reader may see'),
  }),
});
export type RuleTrial = z.infer<typeof RuleTrial>;
