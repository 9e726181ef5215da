import type { Finding } from '#shared/contract/finding.ts';
import type { RuleLine, RuleSettings } from '#shared/contract/rule-set.ts';
import { defaultModel, type OperatingModel } from './operating-model.ts';
import { fixedRules } from './rule-set.ts';
import type { Rule } from './rule.ts';
import type { FindingKey } from '#shared/text/texts.ts';

/** Every rule of any gate, by id, in gate order. */
export const rulesAsked: ReadonlyMap<string, Rule> = new Map(
  defaultModel.stages.flatMap(({ gate }) => gate.map((rule) => [rule.id, rule] as const)),
);

/** The rules, as listed for an organisation's rule settings. */
export function ruleLines(model: OperatingModel = defaultModel): RuleLine[] {
  return [...rulesAsked.values()].map(({ id, key, severity }) => ({
    id,
    key,
    stages: model.stages.filter(({ gate }) => gate.some((rule) => rule.id === id)).map((stage) => stage.key),
    severity,
    fixed: fixedRules.has(id),
  }));
}

/**
 * The canonical form in which settings are stored and compared: only differences from the product, sorted, without
 * duplicates.
 */
export function plainSettings({ severities, wmis, waiverDays }: RuleSettings): RuleSettings {
  const differing = Object.entries(severities).filter(([id, severity]) => rulesAsked.get(id)?.severity !== severity);
  return {
    severities: Object.fromEntries(differing.sort(([a], [b]) => (a < b ? -1 : 1))),
    wmis: [...new Set(wmis)].sort(),
    waiverDays,
  };
}

export function sameSettings(a: RuleSettings, b: RuleSettings): boolean {
  return JSON.stringify(plainSettings(a)) === JSON.stringify(plainSettings(b));
}

const maxWaiverDays = 730;

/** Why settings can be neither tried nor applied; empty if they are valid. */
export function settingsFindings({ severities, wmis, waiverDays }: RuleSettings): Finding[] {
  const set = Object.keys(severities);
  const odd = wmis.filter((wmi) => !/^([A-HJ-NPR-Z0-9]{3}|[A-HJ-NPR-Z0-9]{2}9[A-HJ-NPR-Z0-9]{3})$/.test(wmi));
  return [
    ...set.filter((id) => !rulesAsked.has(id)).map((id) => trouble('M20', 'rules.unknown', { rule: id })),
    ...set
      .filter((id) => fixedRules.has(id) && rulesAsked.get(id)?.severity !== severities[id])
      .map((id) => trouble('M21', 'rules.fixed', { rule: id })),
    ...odd.map((wmi) => trouble('M22', 'rules.wmi', { wmi })),
    ...(Number.isInteger(waiverDays) && waiverDays >= 1 && waiverDays <= maxWaiverDays
      ? []
      : [trouble('M22', 'rules.waiverDays', { days: waiverDays, most: maxWaiverDays })]),
  ];
}

function trouble(rule: string, key: FindingKey, params: Finding['params']): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend: [] };
}

/** One difference between two versions of the settings. */
export type SettingsChange =
  | { what: 'severity'; rule: string; before: string; after: string }
  | { what: 'wmis' | 'waiverDays'; before: string; after: string };

/** The differences between two versions of the settings. */
export function settingsChanges(before: RuleSettings, after: RuleSettings): SettingsChange[] {
  const severities = [...rulesAsked.values()].flatMap(({ id, severity }): SettingsChange[] => {
    const [was, is] = [before, after].map((settings) => settings.severities[id] ?? severity);
    return was === is ? [] : [{ what: 'severity', rule: id, before: was!, after: is! }];
  });
  const [was, is] = [before, after].map(({ wmis, waiverDays }) => ({
    wmis: [...wmis].sort().join(', '),
    waiverDays: `${waiverDays}`,
  }));
  const others = (['wmis', 'waiverDays'] as const).flatMap((what) =>
    was![what] === is![what] ? [] : [{ what, before: was![what], after: is![what] }],
  );
  return [...severities, ...others];
}
