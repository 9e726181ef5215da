import type { Severity } from '#shared/contract/finding.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';

/**
 * Grows whenever the rules of the product answer otherwise than before: a rule more, another severity, another meaning of
 * a value. Every event, judgement and review says the edition it was made under.
 */
export const edition = 3;

export const productSettings: RuleSettings = { severities: {}, wmis: [], waiverDays: 90 };

/** `2.4`: the product's edition and the version of what the organisation sets differently. */
export const ruleSetVersion = (version: number): string => `${edition}.${version}`;

/**
 * Rules that no organisation lowers and no waiver passes: form and uniqueness of the VIN, that a review accepts the present
 * data and is not its editor's, what the schema asks of a value, who signs, that the message is valid (its checklist, P12)
 * and sealed (P13), and that the scope is open.
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
