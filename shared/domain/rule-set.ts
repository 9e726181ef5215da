import type { Severity } from '#shared/contract/finding.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';

/**
 * Increases whenever the rules of the product give different results: a new rule, another severity, or another meaning
 * of a value. Every event, judgement and review states the edition that it is based on.
 */
export const edition = 3;

export const productSettings: RuleSettings = { severities: {}, wmis: [], waiverDays: 90 };

/** For example `2.4`: the product's edition, then the version of the organisation's settings. */
export const ruleSetVersion = (version: number): string => `${edition}.${version}`;

/**
 * Rules that settings cannot lower and waivers cannot pass: form and uniqueness of the VIN; the review accepts the
 * current data and its reviewer did not edit it; the schema's requirements on values; who signs; the message is valid
 * (its checklist, P12) and sealed (P13); the scope is open.
 */
export const fixedRules: ReadonlySet<string> = new Set([
  'R01',
  'R02',
  'R03',
  'R44',
  'R51',
  'R52',
  'P01',
  'P04',
  'P05',
  'P06',
  'P07',
  'P12',
  'P13',
]);

/** The severity of a rule under an organisation's settings. */
export function severityUnder(settings: RuleSettings, rule: { id: string; severity: Severity }): Severity {
  return fixedRules.has(rule.id) ? rule.severity : (settings.severities[rule.id] ?? rule.severity);
}
